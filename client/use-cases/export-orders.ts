import type { Database, Db } from '../../db/database';
import { recordAudit } from '../../db/queries/audit';
import type { OrderPosition } from '../../db/queries/order-search';
import { seoulStamp } from '../../domain/seoul';
import { writeSheet } from '../import/write-sheet';
import { type ListedOrder, listOrdersMasked, type OrderFilters, searchOf } from './search-orders';

const AT_MOST = 50_000;
const PAGE = 500;

const HEADER = [
  '주문번호',
  '채널',
  '수집처',
  '주문 시각',
  '단계',
  '기다리는 것',
  '발송 기한',
  '수령인',
  '연락처',
  '상품',
  '주문 줄',
  '수량',
  '금액',
];
const WIDTHS = [24, 12, 14, 20, 12, 16, 20, 12, 18, 40, 8, 8, 12];

/**
 * A workbook of the orders that fit, the newest first and at most fifty thousand; personal data masked. It is
 * written while they are read, page by page. Who had it made is kept.
 */
export async function exportOrders(
  { db }: Database,
  filters: OrderFilters,
  by: string,
): Promise<{ name: string; bytes: Uint8Array }> {
  const made = seoulStamp(new Date());
  const bytes = await writeSheet('주문', rowsOf(db, filters), WIDTHS);
  // What was searched for may be a person's name.
  const { q, ...rest } = filters;
  const detail = { ...rest, ...(q === undefined ? {} : { searched: true }) };
  const reason = 'Orders as a workbook';
  await recordAudit(db, { by, reason, action: 'orders.export', subject: 'orders', detail });
  return { name: `주문 ${made.slice(0, 16).replaceAll(':', '')}.xlsx`, bytes };
}

async function* rowsOf(db: Db, filters: OrderFilters): AsyncGenerator<(string | number)[]> {
  yield HEADER;
  const search = searchOf(filters);
  let after: OrderPosition | undefined;
  for (let rows = 0; rows < AT_MOST; ) {
    const page = await listOrdersMasked(db, search, after, Math.min(PAGE, AT_MOST - rows));
    yield* page.rows.map(asCells);
    rows += page.rows.length;
    if (page.next === null) return;
    after = page.next;
  }
}

function asCells(order: ListedOrder): (string | number)[] {
  const { recipient, shipBy, erasedAt } = order;
  return [
    order.orderNumber,
    order.channel,
    order.source,
    seoulStamp(order.orderedAt).replace('T', ' '),
    order.stage,
    order.waiting ?? '',
    shipBy === null ? '' : seoulStamp(shipBy).replace('T', ' '),
    recipient?.name ?? (erasedAt === null ? '' : '(개인정보 삭제됨)'),
    recipient?.phone ?? '',
    order.deal ?? '',
    order.lines,
    order.units,
    Number(order.amount),
  ];
}
