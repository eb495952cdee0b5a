import { z } from 'zod';
import type { ChaosWms } from './furnish';
import type { World } from './world';

const ledgerSchema = z.object({
  list: z.array(
    z.object({
      code: z.string(),
      orderNumbers: z.string(),
      state: z.enum(['open', 'shipped', 'cancelled']),
      items: z.array(z.object({ itemCode: z.string(), quantity: z.int() })),
    }),
  ),
  stock: z.record(z.string(), z.int()),
});

/** An order as a WMS has it. */
export type LedgerOrder = z.infer<typeof ledgerSchema>['list'][number];

export interface Ledger {
  readonly standIn: ChaosWms['standIn'];
  readonly list: readonly LedgerOrder[];
  /** On hand, by item; empty where the WMS keeps no stock. */
  readonly stock: Readonly<Record<string, number>>;
}

/** What the WMSes themselves say they have, shipped and cancelled. */
export function readLedgers({ wmses, admin }: World): Promise<Ledger[]> {
  return Promise.all(
    wmses.map(async ({ standIn }) => ({
      standIn,
      ...ledgerSchema.parse(await admin(standIn, 'GET', '/ledger')),
    })),
  );
}

/** Live or shipped: what the customer gets. */
export function isLive({ state }: LedgerOrder): boolean {
  return state !== 'cancelled';
}
