import { z } from 'zod';
import { OutsideUnavailable } from '../outcome';
import type { ShipmentsRead, UnreadableRow, WmsShipment } from './wms';

/** What reading a list of parcels has in common: rows one by one, pages, and how far the cursor may go. */

export interface ShipmentPage {
  readonly shipments: readonly WmsShipment[];
  readonly unreadable: readonly UnreadableRow[];
  /** The time of each row by which the list is asked for, by the WMS's clock. */
  readonly seen: readonly Date[];
  /** The times of those that are listed, but are no parcels yet. */
  readonly stillOpen?: readonly Date[];
  /** Where the next page begins; null after the last. */
  readonly next: string | null;
}

const time = z.iso.datetime();

/** All that came before `from` has been read; of what came since, everything up to the page `reading.next`. */
const cursorSchema = z.object({
  from: time,
  reading: z.object({ next: z.string(), newest: time, until: time }).optional(),
});

/** One call reads no more, so that what was read is written down now and then. */
const MOST_PAGES = 10;

/**
 * Reads a list page by page from a cursor on, or from a moment. What was read before a page failed is
 * returned, with a cursor that goes on there; where no page could be read, the failure is thrown.
 *
 * @param overlapSeconds how long after its time a row is listed at the latest.
 */
export async function readShipmentPages(
  cursor: string | Date,
  overlapSeconds: number,
  readPage: (from: Date, page: string | null) => Promise<ShipmentPage>,
): Promise<ShipmentsRead> {
  const { from, reading } =
    typeof cursor === 'string' ? cursorSchema.parse(JSON.parse(cursor)) : begin(cursor);
  const since = new Date(Math.max(0, Date.parse(from) - overlapSeconds * 1_000));
  let next = reading?.next ?? null;
  let newest = new Date(reading?.newest ?? from);
  let until = reading ? new Date(reading.until) : new Date();
  const shipments: WmsShipment[] = [];
  const unreadable: UnreadableRow[] = [];
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await readPage(since, next).catch((error: unknown) => {
      if (pages > 0 && error instanceof OutsideUnavailable) return undefined;
      throw error;
    });
    if (!page) break;
    shipments.push(...page.shipments);
    unreadable.push(...page.unreadable);
    newest = latest([newest, ...page.seen]);
    until = cursorAfter(until, until, page.stillOpen);
    next = page.next;
    if (next !== null) continue;
    return {
      shipments,
      unreadable,
      more: false,
      cursor: JSON.stringify({ from: cursorAfter(newest, until) }),
    };
  }
  const cursorThere = JSON.stringify({ from, reading: { next, newest, until } });
  return { shipments, unreadable, more: true, cursor: cursorThere };
}

function begin(from: Date): z.infer<typeof cursorSchema> {
  return { from: from.toISOString() };
}

/**
 * How far a list has been read: up to its newest row, but not past the moment at which reading began (a row
 * that came since may stand on a page read before), nor past one that is yet to become a parcel.
 */
function cursorAfter(newest: Date, began: Date, stillOpen: readonly Date[] = []): Date {
  return new Date(Math.min(newest.getTime(), began.getTime(), ...stillOpen.map((at) => at.getTime() - 1)));
}

function latest(times: readonly Date[]): Date {
  return new Date(Math.max(...times.map((at) => at.getTime())));
}

/**
 * Each row of a list by itself: one that does not fit must not hide the others.
 *
 * @param idField where a row has its number, for the person who looks at one that could not be read.
 */
export function readRows<T>(
  rows: readonly unknown[],
  schema: z.ZodType<T>,
  idField: string,
): { rows: T[]; unreadable: UnreadableRow[] } {
  const read: T[] = [];
  const unreadable: UnreadableRow[] = [];
  for (const row of rows) {
    const parsed = schema.safeParse(row);
    if (parsed.success) read.push(parsed.data);
    else unreadable.push({ id: idOf(row, idField), reason: z.prettifyError(parsed.error) });
  }
  return { rows: read, unreadable };
}

function idOf(row: unknown, field: string): string {
  const id = z.record(z.string(), z.unknown()).safeParse(row).data?.[field];
  return typeof id === 'string' || typeof id === 'number' ? `${field} ${id}` : `a row without ${field}`;
}
