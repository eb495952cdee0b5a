import type { Db } from '../../db/database';
import { recordAudit } from '../../db/queries/audit';
import { OF_NO_GOODS } from '../../db/queries/sales-by';
import type { Comparison, Period } from '../../domain/period';
import type { SalesBy, SalesFigure } from '../../domain/sale';
import { FileThread } from '../import/file-thread';
import type { SheetColumn, TableCell } from '../import/workbook';
import { type CrossedKey, type CrossedSales, crossSales } from './cross-sales';
import { reportSales, type SalesFigures, type SalesReport } from './report-sales';

const BY: Readonly<Record<SalesBy, string>> = {
  day: '일자',
  channel: '판매채널',
  source: '수집처',
  configuration: '판매 구성안',
  item: '품목',
};

const FIGURE: Readonly<Record<SalesFigure, string>> = {
  quantity: '출고 수량',
  returned: '반품 수량',
  gross: '총매출',
  returns: '반품',
  amount: '순매출',
};
const IN_ORDER = ['quantity', 'returned', 'gross', 'returns', 'amount'] as const;

/** The report as a workbook with a table of numbers. Who took it is in the audit trail. @throws UseCaseError. */
export async function exportSales(
  db: Db,
  by: SalesBy,
  period: Period,
  comparison: Comparison,
  who: string,
): Promise<Uint8Array> {
  const report = await reportSales(db, by, period, comparison);
  const file = await write(columnsOf(report), rowsOf(report));
  const detail = { by, ...period, against: comparison, rows: report.rows.length };
  await recordAudit(db, { by: who, reason: '', action: 'sales.export', subject: 'sales', detail });
  return file;
}

/** One figure of the table of two breakdowns, as a workbook. Who took it is in the audit trail. @throws UseCaseError. */
export async function exportCrossedSales(
  db: Db,
  by: SalesBy,
  across: SalesBy,
  period: Period,
  figure: SalesFigure,
  who: string,
): Promise<Uint8Array> {
  const crossed = await crossSales(db, by, across, period);
  const file = await write(columnsOfCrossed(crossed, figure), rowsOfCrossed(crossed, figure));
  const detail = { by, across, ...period, figure, rows: crossed.rows.length };
  await recordAudit(db, { by: who, reason: '', action: 'sales.export', subject: 'sales', detail });
  return file;
}

async function write(columns: readonly SheetColumn[], rows: TableCell[][]): Promise<Uint8Array> {
  const thread = new FileThread();
  try {
    return await thread.ask('table', '매출', columns, rows);
  } finally {
    await thread.close();
  }
}

function columnsOf({ by, from, to, earlier }: SalesReport): SheetColumn[] {
  const figures = (of: string) =>
    IN_ORDER.map((figure) => ({
      title: `${FIGURE[figure]} ${of}`,
      width: 24,
      isNumber: true,
    }));
  return [
    { title: BY[by], width: 18 },
    { title: '이름', width: 30 },
    ...figures(`${from}~${to}`),
    ...(earlier === null ? [] : figures(`${earlier.from}~${earlier.to}`)),
  ];
}

function rowsOf({ rows, total, earlier }: SalesReport): TableCell[][] {
  return [
    ...rows.map((row) => [labelOf(row.key), row.name ?? '', ...cells(row), ...cells(row.earlier)]),
    ['합계', '', ...cells(total), ...cells(earlier && earlier.total)],
  ];
}

function columnsOfCrossed({ by, columns, from, to }: CrossedSales, figure: SalesFigure): SheetColumn[] {
  const number = (title: string) => ({ title, width: 18, isNumber: true });
  return [
    { title: BY[by], width: 18 },
    { title: `${FIGURE[figure]} ${from}~${to}`, width: 30 },
    ...columns.map((column) => number(headOf(column))),
    number('합계'),
  ];
}

function rowsOfCrossed({ columns, rows, total }: CrossedSales, figure: SalesFigure): TableCell[][] {
  return [
    ...rows.map(({ key, name, cells: shown, total: ofRow }) => [
      labelOf(key),
      name ?? '',
      ...shown.map((cell) => cell?.[figure] ?? ''),
      ofRow[figure],
    ]),
    ['합계', '', ...columns.map(({ total: ofColumn }) => ofColumn[figure]), total[figure]],
  ];
}

function headOf({ key, name }: CrossedKey): string {
  return name === null ? labelOf(key) : `${name} (${key})`;
}

function labelOf(key: string): string {
  return key === OF_NO_GOODS ? '배송비' : key;
}

function cells(figures: SalesFigures | null): TableCell[] {
  if (figures === null) return [];
  return IN_ORDER.map((figure) => figures[figure]);
}
