import type { Database } from '../../db/database';
import {
  type LiveDispatchItem,
  linesOfDispatches,
  liveDispatches,
  lockDispatchesOf,
} from '../../db/queries/dispatches';
import { lockOrder } from '../../db/queries/orders';
import { inTransaction } from '../../db/transaction';
import type { DispatchState } from '../../domain/dispatch-protocol';
import { groupBy } from '../../domain/group-by';
import { type Destination, destinationOf, type RoutedLine } from '../../domain/routing';
import { dissolve, packAnew } from '../give-up';

/** A dispatch that is not over, and the WMS that has it or is to get it now. */
export interface RoutedDispatch {
  readonly id: string;
  readonly state: DispatchState;
  readonly isDoubtful: boolean;
  /** Positive: it waits for companions for so long. */
  readonly packsLeftMs: number;
  /** It may wait for companions, or find some. */
  readonly isPackable: boolean;
  readonly to: Exclude<Destination, { kind: 'several' }>;
}

/**
 * Where an order's dispatches go by the routing in force. One that nobody has claimed and whose lines go to
 * several WMSes is first split, a dispatch for each.
 */
export async function routeOrder(database: Database, orderKey: string): Promise<RoutedDispatch[]> {
  for (;;) {
    const rows = await liveDispatches(database.db, orderKey);
    const dispatches = [...groupBy(rows, (row) => row.id).values()].map(routed);
    const mixed = dispatches.find(({ to }) => to.kind === 'several');
    if (mixed?.to.kind !== 'several')
      return dispatches.flatMap((d) => (d.to.kind === 'several' ? [] : [{ ...d, to: d.to }]));
    await split(database, orderKey, mixed.id, mixed.to.parts);
  }
}

function routed(rows: readonly LiveDispatchItem[]) {
  const [{ id, state, wms, isDoubtful, packsLeftMs, someWait }] = rows as readonly [LiveDispatchItem];
  const lines = [...groupBy(rows, (row) => row.lineKey).values()].map(lineOf);
  const to: Destination = wms === null ? destinationOf(lines) : { kind: 'one', wms };
  // On hold it goes nowhere: what the routing says then will count.
  const stays = to.kind === 'several' && state !== 'ready';
  const isPackable = state === 'ready' && someWait;
  return { id, state, isDoubtful, packsLeftMs, isPackable, to: stays ? firstOf(to) : to };
}

function firstOf({ parts }: Extract<Destination, { kind: 'several' }>): Destination {
  const [wms = ''] = parts.keys();
  return { kind: 'one', wms };
}

function lineOf(rows: readonly LiveDispatchItem[]): RoutedLine {
  const [{ lineKey, quantity }] = rows as readonly [LiveDispatchItem];
  return { lineKey, quantity, items: rows.map(({ itemCode, routed: wms }) => ({ itemCode, wms })) };
}

/** Nothing of it has left the house: it is given up, and each WMS gets a dispatch with its own lines. */
async function split(
  database: Database,
  orderKey: string,
  id: string,
  parts: ReadonlyMap<string, readonly RoutedLine[]>,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    const row = (await lockDispatchesOf(tx, orderKey)).find((dispatch) => dispatch.id === id);
    await lockOrder(tx, orderKey);
    if (row?.state !== 'ready' || row.wms !== null || row.directedTo !== null) return;
    const held = await linesOfDispatches(tx, [row.id]);
    await dissolve(tx, row);
    for (const part of parts.values()) {
      const keys = part.map(({ lineKey }) => lineKey);
      await packAnew(
        tx,
        row,
        held.filter(({ lineKey }) => keys.includes(lineKey)),
      );
    }
  });
}
