import type { BulkWork } from '../../../../domain/bulk';
import type { Effect, Hindrance, OrderCommand } from '../../../../domain/order-command';
import { dictionary } from '../../words';

export const commandWords = dictionary<Record<OrderCommand, string>>(
  {
    hold: '보류',
    release: '보류 해제',
    cancel: '취소',
    rematch: '다시 매칭',
    split: '나눠 보내기',
    move: '다른 WMS로',
    combine: '합포장',
    separate: '합포장에서 빼기',
    'send-now': '더 기다리지 않고 보내기',
    'take-change': '늦은 줄도 보내기',
    'resend-tracking': '송장 다시 보내기',
  },
  {
    hold: 'Hold',
    release: 'Release',
    cancel: 'Cancel order',
    rematch: 'Match again',
    split: 'Split',
    move: 'Move to another WMS',
    combine: 'Pack together',
    separate: 'Take out of the parcel',
    'send-now': 'Send without waiting',
    'take-change': 'Send late lines too',
    'resend-tracking': 'Resend tracking',
  },
);

/** What a job does that no command of a person is. */
const ofDecisions = {
  ko: { 'save-match': '매칭 적용', 'undo-match': '매칭 되돌리기' },
  en: { 'save-match': 'Carry out a match', 'undo-match': 'Undo a match' },
};

/** What a job does to its orders. */
export const workWords = dictionary<Record<OrderCommand | BulkWork, string>>(
  { ...commandWords.ko, ...ofDecisions.ko },
  { ...commandWords.en, ...ofDecisions.en },
);

/** What would come of a command. */
export const effectWords = dictionary<Record<Effect, string>>(
  {
    'stays-in-house': '보류를 풀 때까지 WMS로 보내지 않습니다.',
    'goes-on': '보류가 풀리고, 지금 있는 보류 규칙에 다시 걸리지 않습니다.',
    'cancelled-here': 'WMS가 모르는 주문이므로 바로 취소됩니다.',
    'wms-is-asked': 'WMS에 취소를 요청합니다. 이미 출고 중이면 늦을 수 있습니다.',
    'looks-again': '처음부터 다시 확인하고 진행합니다.',
    'two-dispatches': '지금 보낼 것과 나중에 보낼 것, 두 출고 요청으로 나눕니다.',
    'goes-to-other-wms': '아직 보내지 않았으므로 고른 WMS로 보냅니다.',
    'goes-with-others': '고른 주문과 한 상자로 보냅니다. 받는 분이 같거나 거의 같아야 합니다.',
    'goes-by-itself': '이 주문만 따로 보냅니다. 자동으로 다시 합쳐지지 않습니다.',
    'goes-now': '함께 나갈 주문을 더 기다리지 않고 바로 보냅니다.',
    'late-lines-go-too': '늦게 추가된 줄을 따로 출고 요청합니다.',
    'told-again': '채널에 송장번호를 다시 알립니다.',
  },
  {
    'stays-in-house': 'It is not sent to a WMS until somebody releases it.',
    'goes-on': 'It goes on, and the rules that there are now hold it no more.',
    'cancelled-here': 'No WMS knows of it: it is cancelled at once.',
    'wms-is-asked': 'The WMS is asked to cancel it, which may be too late.',
    'looks-again': 'It is looked at from the beginning and goes on.',
    'two-dispatches': 'It becomes two dispatches: what goes now and what goes later.',
    'goes-to-other-wms': 'It has not been sent: it goes to the WMS you choose.',
    'goes-with-others':
      'It goes in one parcel with those you choose, whose receivers are the same or nearly so.',
    'goes-by-itself': 'It goes by itself, and is not packed with others again by itself.',
    'goes-now': 'It waits for companions no longer, and goes now.',
    'late-lines-go-too': 'The lines that came late are sent as a dispatch of their own.',
    'told-again': 'The channel is told the tracking numbers again.',
  },
);

/** Why a command would do nothing. */
export const hindranceWords = dictionary<Record<Hindrance, string>>(
  {
    'held-already': '이미 보류 중',
    'not-held': '보류 중이 아님',
    held: '먼저 보류를 풀어야 함',
    'cancelled-already': '이미 취소됨',
    'journey-over': '처리가 끝난 주문',
    'wms-has-it': 'WMS가 이미 받았거나 받았을 수 있음',
    'has-shipped': '이미 출고됨',
    'outcome-unknown': '먼저 WMS가 받았는지 확인해야 함',
    'nothing-waits': '보내기를 기다리는 것이 없음',
    'goes-by-itself': '함께 나가는 주문이 없음',
    'waits-for-nobody': '함께 나갈 주문을 기다리고 있지 않음',
    'no-late-line': '늦게 추가된 줄이 없음',
    'nothing-to-tell': '알린 송장이 없음',
  },
  {
    'held-already': 'it is on hold already',
    'not-held': 'it is not on hold',
    held: 'release it first',
    'cancelled-already': 'it is cancelled already',
    'journey-over': 'its journey is over',
    'wms-has-it': 'the WMS has it, or may have it',
    'has-shipped': 'it has shipped',
    'outcome-unknown': 'first it must be known whether the WMS has it',
    'nothing-waits': 'nothing of it waits to be sent',
    'goes-by-itself': 'it goes out with no other order',
    'waits-for-nobody': 'it waits for no other order',
    'no-late-line': 'no line has come late',
    'nothing-to-tell': 'no tracking number was told',
  },
);

export const fieldWords = dictionary(
  {
    order: '주문',
    orderedAt: '주문 시각',
    channel: '채널',
    source: '수집처',
    stage: '단계',
    waiting: '기다리는 것',
    recipient: '수령인',
    erased: '개인정보 삭제됨',
    deal: '상품',
    units: '수량',
    amount: '금액',
    shippingFee: '배송비',
    shipBy: '발송 기한',
    more: (count: number) => `외 ${count}건`,
  },
  {
    order: 'Order',
    orderedAt: 'Ordered',
    channel: 'Channel',
    source: 'Source',
    stage: 'Stage',
    waiting: 'Waits for',
    recipient: 'Recipient',
    erased: 'Personal data erased',
    deal: 'Product',
    units: 'Units',
    amount: 'Amount',
    shippingFee: 'Shipping fee',
    shipBy: 'Ship by',
    more: (count: number) => `and ${count} more`,
  },
);
