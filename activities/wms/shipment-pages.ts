import { z } from 'zod';
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

/**
 * Reads one page of a list from a cursor on, or from a moment: each page is a call of its own to its reader,
 * who writes it down, so that a long list is gone on with where a call fails.
 *
 * @param overlapSeconds how long after its time a row is listed at the latest.
 */
export async function readShipmentPage(
  cursor: string | Date,
  overlapSeconds: number,
  readPage: (from: Date, page: string | null) => Promise<ShipmentPage>,
): Promise<ShipmentsRead> {
  const { from, reading } =
    typeof cursor === 'string' ? cursorSchema.parse(JSON.parse(cursor)) : begin(cursor);
  const began = reading ? new Date(reading.until) : new Date();
  const since = new Date(Math.max(0, Date.parse(from) - overlapSeconds * 1_000));
  const { shipments, unreadable, ...page } = await readPage(since, reading?.next ?? null);
  const newest = latest([new Date(reading?.newest ?? from), ...page.seen]);
  const until = cursorAfter(began, began, page.stillOpen);
  const next =
    page.next === null
      ? { from: cursorAfter(newest, until) }
      : { from, reading: { next: page.next, newest, until } };
  return { shipments, unreadable, more: page.next !== null, cursor: JSON.stringify(next) };
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
