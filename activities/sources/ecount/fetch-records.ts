import { z } from 'zod';
import type { TimeWindow } from '../../../domain/order';
import { seoulDay } from '../../../domain/seoul';
import { OutsideUnavailable } from '../../outcome';
import { cutArray } from '../json-records';
import type { FetchedPage } from '../source';
import type { Erp } from './erp';
import { toRecord } from './rows';

/** As many rows as the list of purchase orders gives at once. */
const PAGE = 100;
const DAY_MS = 86_400_000;
/** A list that changes again and again while it is read is left for later. */
const BEGINNINGS = 3;

const countSchema = z.coerce.number().int().nonnegative();

/** A page, and how many rows the list had when it was begun. */
interface Position {
  readonly page: number;
  readonly total: number | undefined;
}

/**
 * The rows of all slips of the window's days and of some days before, in pages. Pages are counted: when a slip comes or
 * goes between two of them, rows move, and the list is begun anew.
 *
 * @throws OutsideUnavailable without the key, the session or personal data in it.
 */
export async function* fetchRecords(
  erp: Erp,
  window: TimeWindow,
  from?: string,
): AsyncGenerator<FetchedPage> {
  let at = positionOf(from);
  for (let begun = 1; ; ) {
    const { rows, total } = await readPage(erp, window, at.page);
    if (at.total !== undefined && total !== at.total) {
      if (begun === BEGINNINGS) throw new OutsideUnavailable('ECOUNT: the list changes while it is read');
      begun += 1;
      at = { page: 1, total: undefined };
      continue;
    }
    const isLast = at.page * PAGE >= total;
    at = { page: at.page + 1, total };
    const records = rows.map((row) => toRecord(row, erp.settings));
    yield { records, announced: total, ...(isLast ? {} : { next: `${at.page}/${total}` }) };
    if (isLast) return;
  }
}

async function readPage(
  erp: Erp,
  { from, to }: TimeWindow,
  page: number,
): Promise<{ rows: Uint8Array[]; total: number }> {
  const { listPath, customer, lookBackDays } = erp.settings;
  const { body, envelope } = await erp.ask(listPath, {
    PROD_CD: '',
    CUST_CD: customer,
    ListParam: {
      PAGE_CURRENT: page,
      PAGE_SIZE: PAGE,
      BASE_DATE_FROM: slipDay(from.getTime() - lookBackDays * DAY_MS),
      // The last day is part of the answer; the window itself ends before `to`.
      BASE_DATE_TO: slipDay(Math.max(from.getTime(), to.getTime() - 1)),
    },
  });
  const rows = cutArray(body, ['Data', 'Result']);
  const counted = countSchema.safeParse(envelope.Data?.TotalCnt);
  if (!counted.success || !Array.isArray(envelope.Data?.Result))
    throw new OutsideUnavailable(`ECOUNT ${listPath}: the answer has no TotalCnt or no Result`);
  const total = counted.data;
  const expected = Math.max(0, Math.min(PAGE, total - (page - 1) * PAGE));
  if (rows.length < expected)
    throw new OutsideUnavailable(`ECOUNT ${listPath}: ${rows.length} rows where ${expected} were announced`);
  return { rows, total };
}

function slipDay(at: number): string {
  return seoulDay(new Date(at)).replaceAll('-', '');
}

function positionOf(cursor: string | undefined): Position {
  const matched = /^(\d{1,9})\/(\d{1,9})$/.exec(cursor ?? '');
  return matched ? { page: Number(matched[1]), total: Number(matched[2]) } : { page: 1, total: undefined };
}
