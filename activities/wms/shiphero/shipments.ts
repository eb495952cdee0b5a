import { z } from 'zod';
import type { Carrier } from '../../../domain/carrier';
import { OutsideUnavailable } from '../../outcome';
import type { WmsShipment } from '../wms';
import { SHIPMENTS, shipmentSchema, toShipments } from './format';
import type { ShipHeroApi } from './graphql';

const time = z.iso.datetime();

/** All that was created before `from` has been read; of what came since, everything up to `reading.after`. */
const cursorSchema = z.object({
  from: time,
  reading: z.object({ after: z.string().nullable(), newest: time, began: time }).optional(),
});
type Cursor = z.infer<typeof cursorSchema>;

export interface ShipmentSettings {
  readonly carrierCodes: Readonly<Record<string, Carrier>>;
  readonly shipmentOverlapSeconds: number;
}

/**
 * The list has small pages, so a reading that breaks off is gone on with, not begun again. A row that appears
 * while it lasts may stand on a page that was read already: `from` never passes the moment at which it began.
 */
export async function shipmentsSince(
  api: ShipHeroApi,
  settings: ShipmentSettings,
  cursor: string | null,
): Promise<{ shipments: WmsShipment[]; cursor: string }> {
  const { from, reading }: Cursor = cursor
    ? cursorSchema.parse(JSON.parse(cursor))
    : { from: new Date(0).toISOString() };
  const began = reading?.began ?? new Date().toISOString();
  let { after = null, newest = from } = reading ?? {};
  const shipments: WmsShipment[] = [];
  const done = (next: Cursor) => ({ shipments, cursor: JSON.stringify(next) });
  try {
    const variables = { date_from: overlapped(from, settings.shipmentOverlapSeconds), after };
    for await (const page of api.pages(SHIPMENTS, 'shipments', variables, shipmentSchema)) {
      for (const row of page.nodes) {
        const createdAt = row.created_date.toISOString();
        if (createdAt > newest && createdAt <= began) newest = createdAt;
        shipments.push(...toShipments(row, settings.carrierCodes));
      }
      after = page.after;
    }
    return done({ from: newest });
  } catch (error) {
    if (shipments.length === 0 || !(error instanceof OutsideUnavailable)) throw error;
    return done({ from, reading: { after, newest, began } });
  }
}

function overlapped(from: string, seconds: number): string {
  return new Date(Math.max(0, Date.parse(from) - seconds * 1_000)).toISOString();
}
