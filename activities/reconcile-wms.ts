import {
  acceptedBy,
  givenUpAt,
  openDifferences,
  oursByCode,
  oursSince,
  reportDifference,
} from '../db/queries/reconcile';
import { closeTask, sharpenTask } from '../db/queries/tasks';
import { type Difference, isStill, type Listed, type Reconciled, reconcile } from '../domain/reconcile';
import type { WmsConnection } from './connections';
import type { Deps } from './deps';
import { wmsAnswers } from './report-wms';

/** How far back a WMS's orders are compared, if nothing older is still to ship there. */
const LOOK_BACK_MS = 3 * 24 * 3_600_000;
const LOOK_BACK_AT_MOST_MS = 31 * 24 * 3_600_000;
/** The WMS's clock may be slow. */
const CLOCK_SLACK_MS = 3_600_000;
/** Look-ups in one run: they cost calls that sending needs. */
const LOOK_UPS_AT_MOST = 200;

export interface ReconcileResult {
  /** How the WMS was asked; `nothing`: it neither lists its orders nor finds one. */
  readonly by: 'list' | 'look-ups' | 'nothing';
  /** Orders that the WMS told of. */
  readonly told: number;
  /** Of ours that it must have told of. */
  readonly expected: number;
  readonly differences: readonly Difference[];
}

/** What a WMS said when it was asked for its orders. */
interface Told {
  readonly by: ReconcileResult['by'];
  readonly listed: readonly Listed[];
  /** Those that it must have told of. */
  readonly expected: ReadonlySet<string>;
  /** Whether it was asked about this order, so that its silence says that it has none. */
  readonly wasAsked: (code: string) => boolean;
}

/**
 * Compares what Boosta takes for accepted with what the WMS says it has. Each difference is a task, once,
 * which closes when it is gone. Nothing is sent, cancelled or moved.
 *
 * @throws OutsideUnavailable when the WMS did not answer.
 */
export async function reconcileWms(deps: Deps, wmsId: string): Promise<ReconcileResult> {
  const { db } = deps.database;
  const at = await deps.connections.wms(wmsId);
  const accepted = await acceptedBy(db, wmsId, lagSeconds(at));
  const from = horizon(accepted[0]?.createdAt);
  const due = accepted.filter(({ createdAt }) => createdAt >= from).map(({ code }) => code);
  const open = await openDifferences(db, wmsId);
  const before = await oursSince(db, from);
  const told =
    at.wms.capabilities.list === 'none'
      ? await askOneByOne(at, [...open.map(({ code }) => code), ...due], await givenUpAt(db, wmsId, from))
      : await askForList(at, from, due);
  const codes = [...told.listed, ...open].map(({ code }) => code);
  const after = await oursByCode(db, [...new Set([...codes, ...told.expected])]);
  const compared = reconcile({ wms: wmsId, ...told, before, after });
  const differences = told.by === 'list' ? await lookedUp(at, compared) : compared.differences;
  // An order that is too old to be told of is not gone for that.
  const isOver = (code: string) => told.wasAsked(code) && (before.has(code) || !after.has(code));
  await writeDown(
    deps,
    wmsId,
    differences,
    open.filter(({ code }) => isOver(code)),
  );
  for (const found of compared.found) await hint(deps, at, found);
  await wmsAnswers(deps, wmsId, 'orders');
  return { by: told.by, told: told.listed.length, expected: told.expected.size, differences };
}

function horizon(oldestOpen: Date | undefined): Date {
  const now = Date.now();
  const wanted = Math.min(oldestOpen?.getTime() ?? now, now - LOOK_BACK_MS);
  return new Date(Math.max(wanted, now - LOOK_BACK_AT_MOST_MS) - CLOCK_SLACK_MS);
}

/** How old an accepted order must be for the WMS to tell of it. */
function lagSeconds({ wms: { capabilities } }: WmsConnection): number {
  const asked = capabilities.list === 'none' ? capabilities.lookup : capabilities.list;
  return asked === 'none' ? 0 : asked.visibleAfterSeconds;
}

async function askForList(at: WmsConnection, from: Date, due: readonly string[]): Promise<Told> {
  const listed = await at.wms.ordersSince(from);
  return { by: 'list', listed, expected: new Set(due), wasAsked: () => true };
}

/** A WMS without a list is asked for what is to ship, the oldest first, and then for what was given up. */
async function askOneByOne(
  at: WmsConnection,
  due: readonly string[],
  givenUp: readonly string[],
): Promise<Told> {
  if (at.wms.capabilities.lookup === 'none')
    return { by: 'nothing', listed: [], expected: new Set(), wasAsked: () => false };
  const asked = [...new Set([...due, ...givenUp])].slice(0, LOOK_UPS_AT_MOST);
  const listed: Listed[] = [];
  for (const code of asked) listed.push(...(await lookUp(at, code)));
  const expected = new Set(due.filter((code) => asked.includes(code)));
  return { by: 'look-ups', listed, expected, wasAsked: (code) => asked.includes(code) };
}

async function lookUp(at: WmsConnection, code: string): Promise<Listed[]> {
  return (await at.wms.lookup(code)).map((order) => ({ code, ...order }));
}

/** A list may lag or leave out more than its documents say: where one can look, one looks before one cries. */
async function lookedUp(at: WmsConnection, { differences }: Reconciled): Promise<Difference[]> {
  if (at.wms.capabilities.lookup === 'none') return [...differences];
  const real: Difference[] = [];
  for (const [index, difference] of differences.entries()) {
    const orders = index < LOOK_UPS_AT_MOST ? await lookUp(at, difference.code) : undefined;
    const live = orders?.filter(({ state }) => state !== 'cancelled').length;
    if (live === undefined || isStill(difference, live)) real.push(difference);
  }
  return real;
}

async function writeDown(
  { database: { db } }: Deps,
  wms: string,
  differences: readonly Difference[],
  asked: readonly { readonly id: number; readonly kind: string; readonly code: string }[],
): Promise<void> {
  for (const difference of differences) await reportDifference(db, wms, difference);
  const isFound = (open: { kind: string; code: string }) =>
    differences.some(({ kind, code }) => kind === open.kind && code === open.code);
  for (const open of asked) if (!isFound(open)) await closeTask(db, open.id, 'boosta');
}

/** Whoever has to decide on an unknown outcome is told, and the journey looks for itself. */
async function hint(
  deps: Deps,
  { id }: WmsConnection,
  { code, orderKey, reference }: Reconciled['found'][number],
): Promise<void> {
  const reason = `${id} has a live order under ${code}: ${reference}. It has received it.`;
  await sharpenTask(deps.database.db, 'unknown_outcome', { orderKey }, reason);
  await deps.journeys.nudge(orderKey, 'rematch');
}
