/** An address of the console, and what it says where there is nothing to show yet; null: there always is. */
export interface Address {
  readonly path: string;
  readonly empty: string | null;
}

/** Every address that needs no name of a thing: a test compares them with where the navigation and its sections lead. */
export const ADDRESSES: readonly Address[] = [
  { path: '/', empty: '사람이 할 일이 없습니다.' },
  { path: '/orders', empty: '찾는 주문이 없습니다.' },
  { path: '/orders/new', empty: null },
  { path: '/orders/bulk', empty: '한꺼번에 한 일이 없습니다.' },
  { path: '/matching', empty: '모르는 딜이 없습니다.' },
  { path: '/matching/known', empty: '찾는 매칭이 없습니다.' },
  { path: '/catalogue/items', empty: '찾는 것이 없습니다.' },
  { path: '/catalogue/items-new', empty: null },
  { path: '/catalogue/configurations', empty: '찾는 것이 없습니다.' },
  { path: '/catalogue/configurations-new', empty: null },
  { path: '/gifts', empty: '사은품 규칙이 없습니다' },
  { path: '/gifts/try', empty: null },
  { path: '/upload', empty: '아직 올린 파일이 없습니다' },
  { path: '/upload/templates', empty: '아직 양식이 없습니다.' },
  { path: '/dispatch', empty: '연동된 WMS가 없습니다' },
  { path: '/dispatch/unknown', empty: '사람의 답을 기다리는 출고 요청이 없습니다' },
  { path: '/dispatch/routes', empty: '정해진 경로가 없어' },
  { path: '/dispatch/packing', empty: '함께 나갈 주문을 기다리는 것이 없습니다' },
  { path: '/dispatch/shadow', empty: null },
  { path: '/dispatch/reconcile', empty: '열려 있는 차이가 없습니다' },
  { path: '/stock', empty: '조건에 맞는 재고가 없습니다' },
  { path: '/stock/shortages', empty: '재고를 기다리는 주문이 없습니다' },
  { path: '/stock/holds', empty: '보류 규칙이 없습니다' },
  { path: '/collection/schedules', empty: null },
  { path: '/collection/coverage', empty: '연결된 수집처가 없습니다' },
  { path: '/collection/runs', empty: '연결된 수집처가 없습니다' },
  { path: '/collection/channels', empty: '정해진 채널이 없습니다' },
  { path: '/collection/claims', empty: '해당하는 클레임이 없습니다' },
  { path: '/collection/tracking', empty: '해당하는 송장이 없습니다' },
  { path: '/sales', empty: '이 기간에는 매출이 없습니다' },
  { path: '/sales/cross', empty: '이 기간에는 매출이 없습니다' },
  { path: '/sales/check', empty: '합계가 모두 원장과 같습니다' },
  { path: '/sales/fees', empty: '아직 규칙이 없습니다' },
  { path: '/audit?subject=nobody', empty: '조건에 맞는 기록이 없습니다' },
  { path: '/settings/connections', empty: '표시할 내용이 없습니다' },
  { path: '/settings/users', empty: null },
  { path: '/settings/tokens', empty: '토큰이 없습니다.' },
  { path: '/settings/alerts', empty: '알림이 없습니다.' },
  { path: '/settings/retention', empty: '아직 삭제한 적이 없습니다.' },
  { path: '/settings/password', empty: null },
];
