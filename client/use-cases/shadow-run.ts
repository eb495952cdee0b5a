import { z } from 'zod';
import { wmsAdapter } from '../../activities/wms/registry';
import type { Db } from '../../db/database';
import { contentOf } from '../../db/queries/dispatches';
import { openDispatches } from '../../db/queries/open-dispatches';
import { type Demand, sumDemand } from '../../db/queries/stock';
import { listLevels } from '../../db/queries/stock-levels';
import { wmsOrderOf } from '../../domain/wms-order';
import { requireWms } from './require-wms';
import { UseCaseError } from './use-case-error';

export interface Difference {
  readonly orderKey: string;
  readonly code: string;
  /** Where it goes today; null: nobody has claimed it yet. */
  readonly from: string | null;
  /** Holds no personal data. */
  readonly says: string;
}

export interface ShadowRun {
  readonly wms: string;
  readonly dispatches: number;
  readonly differences: readonly Difference[];
  /** What all of them together need and the WMS does not have. */
  readonly short: readonly {
    readonly itemCode: string;
    readonly needed: number;
    readonly sellable: number;
  }[];
}

type Open = Awaited<ReturnType<typeof openDispatches>>[number];

const AT_ONCE = 8;

/**
 * What another WMS would make of every dispatch that is still to ship: its request is built and checked, and
 * nothing is sent.
 *
 * @throws UseCaseError when there is no such WMS, or its stock has not been read yet.
 */
export async function shadowRun(db: Db, to: string, since: Date): Promise<ShadowRun> {
  const connection = await requireWms(db, to);
  const adapter = wmsAdapter(connection.adapter);
  const keepsStock = adapter.capabilities.stock !== 'none';
  // An item that an order waits for has a row before the WMS has told of it.
  const known = (await listLevels(db, { wms: to })).filter(({ snapshotAt }) => snapshotAt !== null);
  const sellable = new Map(known.map(({ itemCode, available }) => [itemCode, available]));
  if (keepsStock && sellable.size === 0)
    throw new UseCaseError(
      `The stock of ${to} has not been read yet: boosta schedules trigger sync-stock/${to}.`,
    );
  const open = (await openDispatches(db, since)).filter(({ wms }) => wms !== to);
  const differences: Difference[] = [];
  const needed: Demand[] = [];
  const look = async (dispatch: Open) => {
    const content = await contentOf(db, [dispatch.id]);
    const demand = sumDemand(content.map((line) => ({ itemCode: line.itemCode, quantity: line.pieces })));
    needed.push(...demand);
    const says = [
      ...adapter.preview(wmsOrderOf(dispatch.code, content, demand)),
      ...(keepsStock ? demand.filter(({ itemCode }) => !sellable.has(itemCode)).map(unknownItem) : []),
      ...changed(dispatch, demand),
    ];
    const { orderKey, code, wms: from } = dispatch;
    differences.push(...says.map((each) => ({ orderKey, code, from, says: each })));
  };
  for (let first = 0; first < open.length; first += AT_ONCE)
    await Promise.all(open.slice(first, first + AT_ONCE).map(look));
  const short = keepsStock ? shortOf(sumDemand(needed), sellable) : [];
  return { wms: to, dispatches: open.length, differences, short };
}

const unknownItem = ({ itemCode }: Demand) => `items: ${itemCode} is not known there`;

const sentSchema = z.object({ items: z.array(z.object({ itemCode: z.string(), quantity: z.int() })) });

/** What has been sent is fixed; the other WMS would get the order as it is now. */
function changed({ request, wms }: Open, demand: readonly Demand[]): string[] {
  if (request === null) return [];
  const text = (items: readonly Demand[]) =>
    sumDemand(items)
      .map(({ itemCode, quantity }) => `${quantity} × ${itemCode}`)
      .join(', ');
  const [before, now] = [text(sentSchema.parse(request).items), text(demand)];
  return before === now ? [] : [`items: ${wms} was sent ${before}; it would get ${now}`];
}

function shortOf(needed: readonly Demand[], sellable: ReadonlyMap<string, number>) {
  return needed
    .map(({ itemCode, quantity }) => ({
      itemCode,
      needed: quantity,
      sellable: sellable.get(itemCode) ?? 0,
    }))
    .filter((item) => item.needed > item.sellable);
}
