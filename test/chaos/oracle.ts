import { sql } from 'drizzle-orm';
import { countByStanding, existingOrderKeys } from '../../db/queries/orders';
import { order as orderTable, sale, task } from '../../db/schema';
import { isLive, type Ledger, type LedgerOrder, readLedgers } from './ledgers';
import type { Emitted } from './sources';
import type { World } from './world';

/** What a campaign came to, by those who cannot be fooled. */
export interface Findings {
  readonly emitted: number;
  readonly shipped: number;
  readonly cancelled: number;
  /** Neither with a WMS, nor cancelled by its customer, nor anybody's task. */
  readonly lost: number;
  /** Orders of which the WMSes have more units than were ordered. */
  readonly duplicated: number;
  /** Orders of which the WMSes have something else, or less, than was ordered. */
  readonly shippedWrong: number;
  /** Of all orders together, by how much the booked sales differ from what the shipped lines are worth. */
  readonly salesDifferenceKRW: number;
  /** Orders that more than one journey has gone through, not counting those that were set back or ended. */
  readonly secondRuns: number;
  /** Orders that have neither ended nor wait for a person. */
  readonly moving: number;
  /** Some of the orders concerned, for whoever looks into it. */
  readonly examples: Readonly<Record<string, readonly string[]>>;
}

/** Whether nothing more will happen by itself: all is there, and each order has ended or waits for a person. */
export async function isAtRest({ context }: World, emitted: readonly Emitted[]): Promise<boolean> {
  const { db } = context.database;
  const counts = await countByStanding(db);
  const atRest = counts.every(
    ({ stage, waiting }) => stage === 'done' || stage === 'cancelled' || isForAPerson(waiting),
  );
  if (!atRest) return false;
  const known = await existingOrderKeys(db);
  return emitted.every((one) => known.has(one.key) || isTakenBack(one));
}

/** A marketplace need not offer what its customer took back before anybody could see it. */
function isTakenBack({ lines }: Emitted): boolean {
  return lines.every(({ isCancelled }) => isCancelled);
}

/** A shortage ends by itself when goods arrive. */
function isForAPerson(waiting: string | null): boolean {
  return waiting !== null && waiting !== 'shortage';
}

type Verdict = 'shipped' | 'cancelled' | 'waiting' | 'lost' | 'duplicated' | 'shippedWrong' | 'moving';

/** Compares the WMSes' own ledgers with what the sources emitted, and the sales with what was shipped. */
export async function compare(world: World, emitted: readonly Emitted[]): Promise<Findings> {
  const known = await readKnown(world);
  const live = byOrderNumber(await readLedgers(world));
  const keys: Record<Verdict, string[]> = {
    shipped: [],
    cancelled: [],
    waiting: [],
    lost: [],
    duplicated: [],
    shippedWrong: [],
    moving: [],
  };
  let difference = 0n;
  for (const one of emitted) {
    const rows = live.get(one.orderNumber) ?? [];
    const verdict = judge(one, rows, known);
    keys[verdict].push(one.key);
    if (verdict !== 'moving') difference += absolute((known.sales.get(one.key) ?? 0n) - worthOf(one, rows));
  }
  const secondRuns = await findSecondRuns(world, emitted);
  const troubles = { ...keys, secondRuns };
  return {
    emitted: emitted.length,
    shipped: keys.shipped.length,
    cancelled: keys.cancelled.length,
    lost: keys.lost.length,
    duplicated: keys.duplicated.length,
    shippedWrong: keys.shippedWrong.length,
    salesDifferenceKRW: Number(difference),
    secondRuns: secondRuns.length,
    moving: keys.moving.length,
    examples: Object.fromEntries(
      (['lost', 'duplicated', 'shippedWrong', 'moving', 'waiting', 'secondRuns'] as const)
        .map((name) => [name, troubles[name].slice(0, 10)] as const)
        .filter(([, some]) => some.length > 0),
    ),
  };
}

interface Known {
  readonly stages: ReadonlyMap<string, { readonly stage: string; readonly waiting: string | null }>;
  readonly tasks: ReadonlySet<string>;
  readonly sales: ReadonlyMap<string, bigint>;
}

async function readKnown({ context }: World): Promise<Known> {
  const { db } = context.database;
  const orders = await db
    .select({ key: orderTable.key, stage: orderTable.stage, waiting: orderTable.waiting })
    .from(orderTable);
  const tasks = await db
    .selectDistinct({ key: task.orderKey })
    .from(task)
    .where(sql`${task.closedAt} is null`);
  const sales = await db
    .select({ key: sale.orderKey, amount: sql<bigint>`sum(${sale.amount})`.mapWith(BigInt) })
    .from(sale)
    .groupBy(sale.orderKey);
  return {
    stages: new Map(orders.map(({ key, ...standing }) => [key, standing])),
    tasks: new Set(tasks.flatMap(({ key }) => (key === null ? [] : [key]))),
    sales: new Map(sales.map(({ key, amount }) => [key, amount])),
  };
}

/** The order number is the customer's own: it holds whatever code the order went by. */
function byOrderNumber(ledgers: readonly Ledger[]): Map<string, LedgerOrder[]> {
  const live = new Map<string, LedgerOrder[]>();
  for (const row of ledgers.flatMap(({ list }) => list).filter(isLive)) {
    for (const number of row.orderNumbers.split(', ')) live.set(number, [...(live.get(number) ?? []), row]);
  }
  return live;
}

function judge(one: Emitted, rows: readonly LedgerOrder[], known: Known): Verdict {
  const standing = known.stages.get(one.key);
  const isOpen = (standing?.waiting ?? null) !== null || known.tasks.has(one.key);
  if (rows.length === 0) {
    if ((standing === undefined || standing.stage === 'cancelled') && isTakenBack(one)) return 'cancelled';
    if (isOpen) return 'waiting';
    return standing === undefined || standing.stage === 'done' || standing.stage === 'cancelled'
      ? 'lost'
      : 'moving';
  }
  const there = sumPieces(rows.flatMap(({ items }) => items));
  const ordered = sumPieces(one.lines.flatMap(({ pieces }) => pieces));
  if ([...there].some(([item, quantity]) => quantity > (ordered.get(item) ?? 0))) return 'duplicated';
  if (standing?.stage === 'cancelled' || linesIn(one, rows) === undefined) return 'shippedWrong';
  if (standing?.stage === 'done' && rows.every(({ state }) => state === 'shipped')) return 'shipped';
  return isOpen ? 'waiting' : 'moving';
}

/** All lines, or those that the customer has kept: a change after the claim comes too late. */
function linesIn(one: Emitted, rows: readonly LedgerOrder[]): Emitted['lines'] | undefined {
  const there = sumPieces(rows.flatMap(({ items }) => items));
  const kept = one.lines.filter(({ isCancelled }) => !isCancelled);
  return [one.lines, kept].find((lines) => {
    const wanted = sumPieces(lines.flatMap(({ pieces }) => pieces));
    return (
      wanted.size === there.size && [...wanted].every(([item, quantity]) => there.get(item) === quantity)
    );
  });
}

function worthOf(one: Emitted, rows: readonly LedgerOrder[]): bigint {
  const shipped = rows.filter(({ state }) => state === 'shipped');
  const lines = shipped.length === 0 ? undefined : linesIn(one, shipped);
  if (lines === undefined) return 0n;
  return lines.reduce((sum, { worth }) => sum + worth, one.shippingFee);
}

export function sumPieces(pieces: readonly { itemCode: string; quantity: number }[]): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { itemCode, quantity } of pieces) sums.set(itemCode, (sums.get(itemCode) ?? 0) + quantity);
  return sums;
}

function absolute(amount: bigint): bigint {
  return amount < 0n ? -amount : amount;
}

/** A run that was set back has a second one by right: it has lived through the event that says so. */
async function findSecondRuns({ context }: World, emitted: readonly Emitted[]): Promise<string[]> {
  const query =
    'WorkflowType = "processOrder" AND (ExecutionStatus = "Running" OR ExecutionStatus = "Completed")';
  const runs = new Map<string, { workflowId: string; runId: string }[]>();
  for await (const { workflowId, runId } of context.temporal.workflow.list({ query, pageSize: 1_000 })) {
    const [, channel, number] = workflowId.split('/');
    const key = `${channel}/${number}`;
    runs.set(key, [...(runs.get(key) ?? []), { workflowId, runId }]);
  }
  const several = emitted.filter(({ key }) => (runs.get(key)?.length ?? 0) > 1);
  const second: string[] = [];
  for (const { key } of several) {
    const wereReset = await Promise.all(
      (runs.get(key) ?? []).map(async ({ workflowId, runId }) => {
        const { events } = await context.temporal.workflow.getHandle(workflowId, runId).fetchHistory();
        return events?.some((e) => e.workflowTaskFailedEventAttributes?.newRunId) ?? false;
      }),
    );
    if (wereReset.filter((was) => !was).length > 1) second.push(key);
  }
  return second;
}
