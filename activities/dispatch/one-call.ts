import type { Logger } from 'pino';
import type { Database } from '../../db/database';
import type { WmsConnection } from '../connections';
import { OutsideUnavailable } from '../outcome';
import type { CreateReply } from '../wms/wms';
import type { Health } from './breaker';
import { type Claimed, claim, type Doubtful } from './claim';
import { confirm } from './confirm';
import { beginLease, type Lease } from './lease';
import { lookUp } from './look-up';
import { type DispatchResult, resultOfClaim, resultOfLookUp, resultOfSending } from './result';
import { sendTogether } from './send';

/** A dispatch that waits for its turn. */
export interface Waiting {
  readonly id: string;
  /** The attempt whose order a look-up did not find, where the connection's policy is to send again. */
  readonly resendAfter: string | undefined;
  readonly settle: (result: DispatchResult) => void;
  readonly fail: (error: unknown) => void;
}

/** The points between two steps, for logs and for tests that stop a process there. */
export type Step = 'before-claim' | 'claimed' | 'sent' | 'confirmed';

export interface CallContext {
  readonly database: Database;
  readonly log: Logger;
  readonly leaseMs: number;
  readonly settlingMs: number;
  readonly requestTimeoutMs: number;
  readonly onStep: (step: Step, dispatchIds: readonly string[]) => void | Promise<void>;
  /** A look-up did not find it, and the connection says to send again: it takes its turn once more. */
  readonly resend: (one: Waiting) => void;
}

interface Sending {
  readonly one: Waiting;
  readonly claimed: Claimed;
}

/**
 * One call to a WMS: the claims, the call, the confirmations, each dispatch with an outcome of its own. Never throws.
 *
 * @returns what it says of the WMS's health.
 */
export async function oneCall(
  context: CallContext,
  to: WmsConnection,
  together: readonly Waiting[],
): Promise<Health> {
  const lease = beginLease(context.leaseMs);
  try {
    await context.onStep(
      'before-claim',
      together.map((one) => one.id),
    );
    const { sending, doubtful } = await claimAll(context, to, together);
    const sent = sending.length > 0 ? await sendClaimed(context, to, sending, lease) : 'not-asked';
    // Afterwards: a look-up that takes long must not eat the leases of what is sent.
    const asked = await Promise.all(doubtful.map(({ one, of }) => settleDoubt(context, to, one, of)));
    return worst([sent, ...asked]);
  } catch (error) {
    failAll(together, error);
    return 'not-asked';
  }
}

function worst(of: readonly Health[]): Health {
  return (['silent', 'answered'] as const).find((health) => of.includes(health)) ?? 'not-asked';
}

/** Being turned away for calling too often is an answer. */
function healthAfter(replies: readonly CreateReply[]): Health {
  const isSilence = ({ outcome }: CreateReply) =>
    outcome.kind === 'unknown' || (outcome.kind === 'not-received' && outcome.retryAfterMs === undefined);
  return replies.every(isSilence) ? 'silent' : 'answered';
}

export function failAll(waiting: readonly Waiting[], error: unknown): void {
  for (const one of waiting) one.fail(error);
}

async function claimAll({ database, leaseMs }: CallContext, to: WmsConnection, all: readonly Waiting[]) {
  const sending: Sending[] = [];
  const doubtful: { one: Waiting; of: Doubtful }[] = [];
  const hasList = to.wms.capabilities.list !== 'none';
  const waiting = all.map((one) => ({ one }));
  tellEach(waiting, await claim(database, all, to, leaseMs), ({ one }, made) => {
    if (made.step === 'send') sending.push({ one, claimed: made.claimed });
    else if (made.step === 'look-up' || (made.step === 'ask' && hasList))
      doubtful.push({ one, of: made.doubtful });
    else one.settle(resultOfClaim(made));
  });
  return { sending, doubtful };
}

/** Whoever waits hears what it came to. */
function tellEach<W extends { readonly one: Waiting }, R>(
  all: readonly W[],
  results: readonly PromiseSettledResult<R>[],
  tell: (who: W, result: R) => void,
): void {
  for (const [index, who] of all.entries()) {
    const result = results[index];
    if (result?.status === 'fulfilled') tell(who, result.value);
    else who.one.fail(result?.reason);
  }
}

async function sendClaimed(
  context: CallContext,
  to: WmsConnection,
  sending: readonly Sending[],
  lease: Lease,
): Promise<Health> {
  const { database, log, requestTimeoutMs: timeoutMs, onStep } = context;
  const ids = sending.map(({ claimed }) => claimed.id);
  await onStep('claimed', ids);
  const replies = await sendTogether(
    to.wms,
    sending.map(({ claimed }) => claimed.order),
    { lease, timeoutMs },
  );
  await onStep('sent', ids);
  const answered = sending.flatMap(({ one, claimed }, index) => {
    const reply = replies[index];
    if (reply !== undefined) return [{ one, claimed, reply }];
    one.fail(new Error(`${to.id} gave ${replies.length} replies to ${sending.length} orders`));
    return [];
  });
  const confirmed = await confirm(database, answered);
  await onStep(
    'confirmed',
    answered.filter((_, index) => confirmed[index]?.status === 'fulfilled').map(({ claimed }) => claimed.id),
  );
  for (const { claimed, reply } of answered)
    log.debug({ dispatch: claimed.id, wms: to.id, outcome: reply.outcome.kind }, 'sent');
  tellEach(answered, confirmed, ({ one, reply }, confirmation) =>
    one.settle(resultOfSending(confirmation, reply)),
  );
  return healthAfter(replies);
}

async function settleDoubt(
  { database, settlingMs, resend }: CallContext,
  to: WmsConnection,
  one: Waiting,
  doubtful: Doubtful,
): Promise<Health> {
  try {
    const result = await lookUp(database, to, doubtful, settlingMs);
    if (result.kind === 'resend') resend({ ...one, resendAfter: result.resendAfter });
    else one.settle(resultOfLookUp(result));
    return 'answered';
  } catch (error) {
    one.fail(error);
    return error instanceof OutsideUnavailable && error.retryAfterMs === undefined ? 'silent' : 'not-asked';
  }
}
