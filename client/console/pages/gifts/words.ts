import type { BoughtKind, GiftState, NotGiven, Stacking, WhenShort } from '../../../../domain/gift';
import { type Dictionary, dictionary } from '../../words';

/** What both the rules and the dry run speak of. */
export const giftWords = dictionary(
  {
    name: '이름',
    gives: '증정 구성안',
    quantity: '증정 수량',
    channel: '채널',
    anyChannel: '비우면 모든 채널',
    bought: '구매 조건',
    boughtCode: '품목·구성안 코드',
    amountFrom: '결제 금액 (원) 이상',
    quantityFrom: '구매 수량 이상',
    quantityOf: '품목이면 그 개수, 아니면 주문 수량',
    dayFrom: '주문일 시작',
    dayTo: '주문일 끝 (포함)',
    firstN: '선착순 주문 수',
    noLimit: '비우면 제한 없음',
    oncePerReceiver: '같은 수령인에게 한 번만',
    stacking: '다른 사은품과',
    priority: '우선순위',
    priorityOrder: '작은 숫자가 먼저',
    whenShort: '재고가 없으면',
    everyOrder: '모든 주문',
    once: '수령인당 한 번',
    first: (orders: string) => `선착순 ${orders}건`,
    from: (what: string) => `${what} 이상`,
    rule: '규칙',
    orders: '주문',
    noRule: '사은품 규칙이 없습니다',
  },
  {
    name: 'Name',
    gives: 'Configuration given',
    quantity: 'How many of it',
    channel: 'Channel',
    anyChannel: 'Empty: all',
    bought: 'What must be bought',
    boughtCode: 'Code of the item or configuration',
    amountFrom: 'From so much paid on (won)',
    quantityFrom: 'From so many bought on',
    quantityOf: 'Pieces of the item, or else units',
    dayFrom: 'Ordered from this day on',
    dayTo: 'Until this day, included',
    firstN: 'To the first so many orders',
    noLimit: 'Empty: no limit',
    oncePerReceiver: 'Once to the same receiver',
    stacking: 'Beside other gifts',
    priority: 'Priority',
    priorityOrder: 'The smallest is asked first',
    whenShort: 'Without stock',
    everyOrder: 'every order',
    once: 'once per receiver',
    first: (orders: string) => `the first ${orders}`,
    from: (what: string) => `from ${what} on`,
    rule: 'Rule',
    orders: 'Orders',
    noRule: 'There is no gift rule',
  },
);

export const boughtWords: Dictionary<Record<BoughtKind, string>> = dictionary(
  { anything: '무엇이든', item: '품목', configuration: '판매 구성안' },
  { anything: 'Anything', item: 'An item', configuration: 'A configuration' },
);

export const stackingWords: Dictionary<Record<Stacking, string>> = dictionary(
  { with_others: '함께 증정', alone: '이것만 증정' },
  { with_others: 'With others', alone: 'Alone' },
);

export const shortWords: Dictionary<Record<WhenShort, string>> = dictionary(
  { leave_out: '빼고 출고', wait: '입고까지 대기' },
  { leave_out: 'Goes without it', wait: 'Waits for it' },
);

export const giftStateWords: Dictionary<Record<GiftState, string>> = dictionary(
  { given: '증정', taken_back: '증정 취소', left_out: '재고가 없어 뺌' },
  { given: 'Given', taken_back: 'Taken back', left_out: 'Left out, no stock' },
);

export const notGivenWords: Dictionary<Record<NotGiven, string>> = dictionary(
  {
    other_channel: '다른 채널',
    before_first_day: '시작일 전',
    after_last_day: '종료일 후',
    not_bought: '대상 상품 없음',
    amount_too_small: '금액 부족',
    quantity_too_small: '수량 부족',
    in_the_box_already: '이미 증정함',
    all_given: '선착순 마감',
    receiver_has_it: '이미 받은 수령인',
    receiver_unknown: '수령인 정보 삭제됨',
    not_beside_another: '다른 사은품과 중복 불가',
  },
  {
    other_channel: 'another channel',
    before_first_day: 'before the first day',
    after_last_day: 'after the last day',
    not_bought: 'not bought',
    amount_too_small: 'too little paid',
    quantity_too_small: 'too few bought',
    in_the_box_already: 'in the box already',
    all_given: 'all are given',
    receiver_has_it: 'the receiver has it',
    receiver_unknown: 'the receiver is erased',
    not_beside_another: 'not beside another gift',
  },
);
