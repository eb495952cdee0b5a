import { randomUUID } from 'node:crypto';
import type { Database, Db } from '../../db/database';
import { openAttempts } from '../../db/queries/attempts';
import { markSending, moveDispatch } from '../../db/queries/dispatch-states';
import { type LockedDispatch, lockDispatches } from '../../db/queries/dispatches';
import type { Short } from '../../db/queries/reservations';
import { inTransaction } from '../../db/transaction';
import { claimStep, type DispatchState, type Doubt, doubtAfterSilence } from '../../domain/dispatch-protocol';
import type { WmsOrder } from '../../domain/wms-order';
import type { WmsConnection } from '../connections';
import { runTogether } from '../run-together';
import { fixContent } from './fix-content';
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
  /** It waits for companions still. */
  | { readonly step: 'packs'; readonly afterMs: number }
  | { readonly step: 'with-the-wms' }
  | { readonly step: 'stop'; readonly state: DispatchState }
  | { readonly step: 'short'; readonly short: readonly Short[] }
  /** An earlier claim, a person or the routing in force has it go to another WMS. */
  | { readonly step: 'elsewhere' };

/** A dispatch that is to be claimed. */
export interface Wanted {
  readonly id: string;
  /** The attempt whose order a look-up did not find, where the connection's policy is to send again. */
  readonly resendAfter?: string | undefined;
}

/**
 * The second door: a transaction that locks the rows, reserves, and writes the intents down. What is wanted at
 * the same time shares one, and its COMMIT; each has an outcome of its own.
 */
export async function claim(
  database: Database,
  wanted: readonly Wanted[],
  to: WmsConnection,
  leaseMs: number,
): Promise<PromiseSettledResult<Claim>[]> {
  const idOf = ({ id }: Wanted) => id;
  return runTogether(wanted, idOf, async (some) => {
    // Several do not wait for one that is locked time and again.
    const tries = some.length > 1 ? { tries: 1 } : {};
    return inTransaction(
      database,
      async (tx) => {
        const claims = await claimSome(tx, some, to, leaseMs);
        return some.map(({ id }) => claims.get(id) ?? missing(id));
      },
      tries,
    );
  });
}

/** Before the COMMIT: what others wanted at the same time is not claimed for nobody. */
function missing(id: string): never {
  throw new RangeError(`No dispatch ${id}`);
}

async function claimSome(
  tx: Db,
  wanted: readonly Wanted[],
  to: WmsConnection,
  leaseMs: number,
): Promise<Map<string, Claim>> {
  const rows = await lockDispatches(
    tx,
    wanted.map(({ id }) => id),
  );
  const claims = new Map<string, Claim>();
  const toSend: LockedDispatch[] = [];
  for (const row of rows) {
    const doubt = row.state === 'sending' ? doubtAfterSilence(row.doubt) : row.doubt;
    const found = examine(row, to, wanted.find(({ id }) => id === row.id)?.resendAfter);
    if (found === 'send') toSend.push({ ...row, doubt });
    else claims.set(row.id, found);
    if (found !== 'send' && 'doubtful' in found && row.state === 'sending')
      await moveDispatch(tx, row, 'unknown', { problem: 'The sender never reported', doubt });
  }
  for (const [id, made] of await send(tx, toSend, to, leaseMs)) claims.set(id, made);
  return claims;
}

/** What a row that is locked allows. */
function examine(row: LockedDispatch, to: WmsConnection, resendAfter: string | undefined): Claim | 'send' {
  const given = row.wms ?? row.directedTo;
  if (given !== null && given !== to.id) return { step: 'elsewhere' };
  if (row.state === 'ready' && row.packsLeftMs > 0) return { step: 'packs', afterMs: row.packsLeftMs };
  const leaseExpired = row.leaseLeftMs <= 0;
  // The look-up holds for the attempt it was made for; another sender may have tried since.
  const resends = resendAfter !== undefined && row.state === 'unknown' && row.leaseToken === resendAfter;
  const step = resends ? 'send' : claimStep({ ...row, leaseExpired }, to.wms.capabilities);
  switch (step) {
    case 'send':
      return 'send';
    case 'look-up':
    case 'ask':
      return { step, doubtful: doubtfulOf(row) };
    case 'later':
      return { step, afterMs: Math.max(1, row.leaseLeftMs) };
    case 'with-the-wms':
      return { step };
    case 'stop':
      return { step, state: row.state };
  }
}

function doubtfulOf(row: LockedDispatch): Doubtful {
  return {
    id: row.id,
    code: row.code,
    leaseToken: row.leaseToken ?? '',
    doubt: row.state === 'sending' ? doubtAfterSilence(row.doubt) : row.doubt,
    secondsSinceLeaseEnd: -row.leaseLeftMs / 1000,
  };
}

/** The first claim fixes WMS, content and reservation; they stay for this generation. */
async function send(
  tx: Db,
  rows: readonly LockedDispatch[],
  to: WmsConnection,
  leaseMs: number,
): Promise<Map<string, Claim>> {
  const fixed = await fixContent(
    tx,
    rows.filter((row) => row.request === null),
    to,
  );
  const claims = new Map<string, Claim>();
  const opened: Claimed[] = [];
  for (const row of rows) {
    const content =
      row.request === null ? fixed.get(row.id) : { order: readRequest(row.request), waited: true };
    if (content === undefined) throw new RangeError(`Nothing is in dispatch ${row.id}`);
    if ('step' in content) {
      claims.set(row.id, content);
      continue;
    }
    const { id, doubt } = row;
    const claimed = { id, leaseToken: randomUUID(), doubt, ...content };
    const request = writeRequest(content.order);
    await markSending(tx, row, { wms: to.id, request, leaseToken: claimed.leaseToken, leaseMs, doubt });
    opened.push(claimed);
    claims.set(id, { step: 'send', claimed });
  }
  if (opened.length > 0) await openAttempts(tx, opened);
  return claims;
}
