import type { Db } from '../../db/database';
import { recordAudit } from '../../db/queries/audit';
import { OF_NO_GOODS } from '../../db/queries/sales-days';
import type { Comparison, Period } from '../../domain/period';
import type { SalesBy } from '../../domain/sale';
import { FileThread } from '../import/file-thread';
import type { SheetColumn, TableCell } from '../import/workbook';
import { reportSales, type SalesFigures, type SalesReport } from './report-sales';

const BY: Readonly<Record<SalesBy, string>> = {
  day: '일자',
  channel: '판매채널',
  source: '수집처',
  configuration: '판매 구성안',
  item: '품목',
};

/** The report as a workbook with a table of numbers. Who took it is in the audit trail. @throws UseCaseError. */
export async function exportSales(
  db: Db,
  by: SalesBy,
  period: Period,
  comparison: Comparison,
  who: string,
): Promise<Uint8Array> {
  const report = await reportSales(db, by, period, comparison);
  const file = await write(report);
  const detail = { by, ...period, against: comparison, rows: report.rows.length };
  await recordAudit(db, { by: who, reason: '', action: 'sales.export', subject: 'sales', detail });
  return file;
}

async function write(report: SalesReport): Promise<Uint8Array> {
  const thread = new FileThread();
  try {
    return await thread.ask('table', '매출', columnsOf(report), rowsOf(report));
  } finally {
    await thread.close();
  }
}

function columnsOf({ by, from, to, earlier }: SalesReport): SheetColumn[] {
  const figures = (of: string) =>
    ['출고 수량', '반품 수량', '총매출', '반품', '순매출'].map((title) => ({
      title: `${title} ${of}`,
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

function labelOf(key: string): string {
  return key === OF_NO_GOODS ? '배송비' : key;
}

function cells(figures: SalesFigures | null): TableCell[] {
  if (figures === null) return [];
  const { quantity, returned, gross, returns, amount } = figures;
  return [quantity, returned, gross, returns, amount];
}
