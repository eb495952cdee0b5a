import type { Sentences } from './sentences';

/** 합포장. */
export const PACKING: Sentences = {
  'Another order that is packed with it is being cancelled: say so of that one':
    '함께 포장된 다른 주문이 취소되는 중입니다. 그 주문에서 답하세요',
  'One order alone is not packed with anything': '주문 하나만으로는 합포장할 수 없습니다',
  'They go together already': '이미 함께 나갑니다',
  '{count} orders go together': '주문 {count}건이 함께 나갑니다',
  'There is no order {key}': '{key} 주문이 없습니다',
  'Nothing of {key} waits to be sent': '{key} 주문에는 보낼 것을 기다리는 부분이 없습니다',
  'Parts of one order would come together again': '나눈 주문이 다시 합쳐지게 됩니다',
  '{key} is on hold, or not ready to be sent': '{key} 주문은 보류 중이거나 아직 보낼 수 없습니다',
  'Rule {id} keeps them apart: {said}': '규칙 {id}에 따라 함께 포장하지 않습니다: {said}',
  'They do not go to one WMS': '같은 WMS로 가지 않습니다',
  'They are more than go into one parcel, by the setting': '설정된 한 상자의 한도를 넘습니다',
  '{key} goes to another receiver than {other}': '{key} 주문은 {other} 주문과 받는 분이 다릅니다',
  'Nothing is to be packed': '포장할 것이 없습니다',
  'it waits for companions': '함께 나갈 주문을 기다립니다',
  'Orders of the same receiver within the window': '대기 시간 안에 들어온 같은 받는 분의 주문',
  'It does not wait for companions': '함께 나갈 주문을 기다리고 있지 않습니다',
  'It goes now': '지금 보냅니다',
  'It is packed with no other order': '다른 주문과 함께 포장되지 않았습니다',
  'Too late: the WMS may have them already': '늦었습니다. WMS가 이미 받았을 수 있습니다',
  'It goes by itself': '따로 나갑니다',
  'Name a channel, an item or a configuration; a window of 0 minutes packs nothing.':
    '판매채널, 품목, 판매 구성안 중 하나를 고르세요. 대기 시간을 0분으로 두면 아무것도 합포장하지 않습니다.',
  'A window has 0 to {minutes} minutes.': '대기 시간은 0분에서 {minutes}분까지입니다.',
  'At least 2 orders and 1 piece go into a parcel.': '한 상자에는 주문 2건, 낱개 1개 이상이어야 합니다.',
};
