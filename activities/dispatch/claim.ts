import { randomUUID } from 'node:crypto';
import { type Database, type Db } from '../../db/database';
import { markSending, moveDispatch } from '../../db/queries/dispatch-states';
import { type Content, contentOf, type LockedDispatch, lockDispatch } from '../../db/queries/dispatches';
import { holdByRule, rulesInForce } from '../../db/queries/hold-rules';
import { type Demand, reserve, type Short, sumDemand } from '../../db/queries/stock';
import { inTransaction } from '../../db/transaction';
import { claimStep, type DispatchState, type Doubt, doubtAfterSilence } from '../../domain/dispatch-protocol';
import { ruleThatHolds } from '../../domain/hold-rule';
import { type WmsOrder, wmsOrderOf } from '../../domain/wms-order';
import type { WmsConnection } from '../connections';
import { readRequest, writeRequest } from './request';

/** A dispatch that this sender, and no other, may send until its lease ends. */
export interface Claimed {
  readonly id: string;
  readonly leaseToken: string;
  readonly order: WmsOrder;
  readonly doubt: Doubt;
  /** Its orders may have open tasks. */
  readonly waited: boolean;
}

/** An outcome that only a look-up can settle. */
export interface Doubtful {
  readonly id: string;
  readonly code: string;
  readonly leaseToken: string;
  readonly doubt: Doubt;
  /** Since the last sender's lease ended; negative while it has not. */
  readonly secondsSinceLeaseEnd: number;
}

export type Claim =
  | { readonly step: 'send'; readonly claimed: Claimed }
  | { readonly step: 'look-up'; readonly doubtful: Doubtful }
  /** A person has to tell, unless the WMS's list does. */
  | { readonly step: 'ask'; readonly doubtful: Doubtful }
  | { readonly step: 'later'; readonly afterMs: number }
  | { readonly step: 'with-the-wms' }
  | { readonly step: 'stop'; readonly state: DispatchState }
  | { readonly step: 'short'; readonly short: readonly Short[] }
  /** An earlier claim, a person or the routing in force has it go to another WMS. */
  | { readonly step: 'elsewhere' };

export interface ClaimOptions {
  readonly leaseMs: number;
  /** The attempt whose order a look-up did not find, where the connection's policy is to send again. */
  readonly resendAfter?: string;
}

/** The second door: one transaction that locks the row, reserves, and writes the intent down. */
export async function claim(
  database: Database,
  id: string,
  to: WmsConnection,
  options: ClaimOptions,
): Promise<Claim> {
  return inTransaction(database, async (tx) => {
    const row = await lockDispatch(tx, id);
    if (row === undefined) throw new RangeError(`No dispatch ${id}`);
    const given = row.wms ?? row.directedTo;
    if (given !== null && given !== to.id) return { step: 'elsewhere' };
    const leaseExpired = row.leaseLeftMs <= 0;
    const step = resends(row, options) ? 'send' : claimStep({ ...row, leaseExpired }, to.wms.capabilities);
    const doubt = row.state === 'sending' ? doubtAfterSilence(row.doubt) : row.doubt;
    switch (step) {
      case 'send':
        return send(tx, { ...row, doubt }, to, options.leaseMs);
      case 'look-up':
      case 'ask':
        if (row.state === 'sending') await fallSilent(tx, row, doubt);
        return { step, doubtful: doubtfulOf({ ...row, doubt }) };
      case 'later':
        return { step, afterMs: Math.max(1, row.leaseLeftMs) };
      case 'with-the-wms':
        return { step };
      case 'stop':
        return { step, state: row.state };
    }
  });
}

/** The look-up holds for the attempt it was made for; another sender may have tried since. */
function resends(row: LockedDispatch, { resendAfter }: ClaimOptions): boolean {
  return resendAfter !== undefined && row.state === 'unknown' && row.leaseToken === resendAfter;
}

async function fallSilent(tx: Db, row: LockedDispatch, doubt: Doubt): Promise<void> {
  await moveDispatch(tx, row, 'unknown', { problem: 'The sender never reported', doubt });
}

function doubtfulOf(row: LockedDispatch): Doubtful {
  return {
    id: row.id,
    code: row.code,
    leaseToken: row.leaseToken ?? '',
    doubt: row.doubt,
    secondsSinceLeaseEnd: -row.leaseLeftMs / 1000,
  };
}

async function send(tx: Db, row: LockedDispatch, to: WmsConnection, leaseMs: number): Promise<Claim> {
  const { id, doubt } = row;
  const content =
    row.request === null ? await fixContent(tx, row, to) : { order: readRequest(row.request), waited: true };
  if ('step' in content) return content;
  const leaseToken = randomUUID();
  await markSending(tx, row, {
    wms: to.id,
    request: writeRequest(content.order),
    leaseToken,
    leaseMs,
    doubt,
  });
  return { step: 'send', claimed: { id, leaseToken, doubt, ...content } };
}

/** WMS, content and reservation are chosen by the first claim and stay for this generation. */
async function fixContent(
  tx: Db,
  row: LockedDispatch,
  to: WmsConnection,
): Promise<Claim | { order: WmsOrder; waited: boolean }> {
  const content = await contentOf(tx, row.id);
  // The routing in force at the claim counts: another may have begun while it waited for its turn.
  if (row.directedTo === null && content.some((line) => line.routed !== to.id)) return { step: 'elsewhere' };
  const demand = sumDemand(content.map((line) => ({ itemCode: line.itemCode, quantity: line.pieces })));
  if (content.some((line) => line.heldReason !== null) || (await heldByRule(tx, content, demand))) {
    await moveDispatch(tx, row, 'held');
    return { step: 'stop', state: 'held' };
  }
  if (to.wms.capabilities.stock !== 'none') {
    const short = await reserve(tx, to.id, { id: row.id, orderedAt: oldest(content) }, demand);
    if (short.length > 0) return { step: 'short', short };
  }
  const waited = content.some((line) => line.waiting !== null);
  return { order: wmsOrderOf(row.code, content, demand), waited };
}

/** Its place in the queue for stock: the age of the oldest order in it. */
function oldest(content: Content): Date {
  return new Date(Math.min(...content.map((line) => line.orderedAt.getTime())));
}

/** @returns whether a rule keeps it in the house; that is written into its orders then. */
async function heldByRule(tx: Db, content: Content, items: readonly Demand[]): Promise<boolean> {
  const [first] = content;
  if (first === undefined || !first.hasRules) return false;
  const released = content.map((line) => line.releasedAt?.getTime() ?? 0);
  const since = Math.min(...released);
  const releasedAt = since === 0 ? null : new Date(since);
  const rule = ruleThatHolds(await rulesInForce(tx), { channel: first.channel, items, releasedAt });
  if (rule === undefined) return false;
  await holdByRule(tx, [...new Set(content.map((line) => line.orderKey))], rule);
  return true;
}
