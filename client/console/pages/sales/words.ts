import type { Comparison } from '../../../../domain/period';
import type { SalesBy, SalesFigure } from '../../../../domain/sale';
import { dictionary } from '../../words';

export const words = dictionary(
  {
    title: '매출',
    sales: '매출',
    cross: '교차표',
    fees: '수수료·정산',
    check: '대조',
    rows: '행',
    columns: '열',
    figure: '값',
    from: '시작일',
    to: '종료일',
    by: '구분',
    against: '비교',
    lastDays: (days: number) => `최근 ${days}일`,
    thisMonth: '이번 달',
    thisYear: '올해',
    export: '엑셀 내려받기',
    net: '순매출',
    gross: '총매출',
    returns: '반품',
    pieces: '출고 수량',
    returned: '반품 수량',
    total: '합계',
    earlierNet: '비교 순매출',
    change: '증감',
    shippingFee: '배송비',
    chart: '순매출 차트',
    now: '이번 기간',
    before: '비교 기간',
    noSales: '이 기간에는 매출이 없습니다',
  },
  {
    title: 'Sales',
    sales: 'Sales',
    cross: 'Cross table',
    fees: 'Fees and settlement',
    check: 'Check',
    rows: 'Rows',
    columns: 'Columns',
    figure: 'Figure',
    from: 'From',
    to: 'To',
    by: 'By',
    against: 'Compared with',
    lastDays: (days: number) => `Last ${days} days`,
    thisMonth: 'This month',
    thisYear: 'This year',
    export: 'Download for Excel',
    net: 'Net',
    gross: 'Gross',
    returns: 'Returns',
    pieces: 'Shipped pieces',
    returned: 'Returned pieces',
    total: 'Total',
    earlierNet: 'Net before',
    change: 'Change',
    shippingFee: 'Shipping fees',
    chart: 'Chart of net sales',
    now: 'This period',
    before: 'Period compared with',
    noSales: 'Nothing was sold in this period',
  },
);

export const byWords = dictionary<Record<SalesBy, string>>(
  { day: '일자', channel: '판매채널', source: '수집처', configuration: '판매 구성안', item: '품목' },
  { day: 'Day', channel: 'Channel', source: 'Source', configuration: 'Configuration', item: 'Item' },
);

export const figureWords = dictionary<Record<SalesFigure, string>>(
  { amount: '순매출', gross: '총매출', returns: '반품', quantity: '출고 수량', returned: '반품 수량' },
  {
    amount: 'Net',
    gross: 'Gross',
    returns: 'Returns',
    quantity: 'Shipped pieces',
    returned: 'Returned pieces',
  },
);

export const againstWords = dictionary<Record<Comparison, string>>(
  { none: '비교 안 함', previous: '직전 기간', year: '전년 같은 기간' },
  { none: 'Nothing', previous: 'Period before', year: 'Same days a year before' },
);
