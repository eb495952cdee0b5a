import { dictionary } from '../../words';

/** What several sections of stock speak of. */
export const stockWords = dictionary(
  {
    wms: 'WMS',
    item: '품목',
    name: '이름',
    onHand: '실재고',
    allocated: '할당',
    shippedSince: '확인 후 출고',
    safety: '안전재고',
    available: '판매 가능',
    incoming: '입고 예정',
    waitedFor: '대기 수량',
    warnBelow: '알림 기준',
    snapshot: '재고 확인',
    never: '없음',
    low: '재고 적음',
    short: '부족',
  },
  {
    wms: 'WMS',
    item: 'Item',
    name: 'Name',
    onHand: 'On hand',
    allocated: 'Allocated',
    shippedSince: 'Shipped since',
    safety: 'Safety',
    available: 'Sellable',
    incoming: 'Incoming',
    waitedFor: 'Waited for',
    warnBelow: 'Warn below',
    snapshot: 'Read',
    never: 'never',
    low: 'Low',
    short: 'Short',
  },
);
