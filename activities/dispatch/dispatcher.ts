import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Database } from '../../db/database';
import { takePermit } from '../../db/queries/connections';
import type { Demand } from '../../db/queries/stock';
import type { DispatchState } from '../../domain/dispatch-protocol';
import type { Connections, WmsConnection } from '../connections';
import { Gate } from '../gate';
import type { CreateReply } from '../wms/wms';
import { type Claim, type Claimed, claim, type Doubtful } from './claim';
import { type Confirmation, confirm } from './confirm';
import { lookUp } from './look-up';
import { sendTogether } from './send';

/** What became of one try to get a dispatch to its WMS. */
export type DispatchResult =
  | { readonly kind: 'with-the-wms' }
  | { readonly kind: 'stop'; readonly state: DispatchState }
  | { readonly kind: 'short'; readonly short: readonly Demand[] }
  /** Only a person can tell whether the WMS has it. */
  | { readonly kind: 'ask' }
  /** Nothing is lost; it is to be tried again, not before `afterMs`. */
  | { readonly kind: 'again'; readonly why: string; readonly afterMs?: number; readonly unknown?: true };

/** The points between two steps, for logs and for tests that stop a process there. */
export type Step = 'before-claim' | 'claimed' | 'sent' | 'confirmed';

export interface DispatcherOptions {
  readonly leaseMs?: number;
  /** One request to a WMS, from connecting to the last byte; well below the lease. */
  readonly requestTimeoutMs?: number;
  readonly callsInFlight?: number;
  readonly onStep?: (step: Step, dispatchIds: readonly string[]) => void | Promise<void>;
}

interface Sending {
  readonly one: Waiting;
  readonly claimed: Claimed;
}

/** Well below the slots for first tries that a worker has: a slow WMS must leave some to the others. */
const MOST_AT_ONE_WMS = 60;

interface Waiting {
  readonly id: string;
  readonly resendAfter: string | undefined;
  readonly settle: (result: DispatchResult) => void;
  readonly fail: (error: unknown) => void;
}

/**
 * Sends dispatches to WMSes. Those that arrive while a WMS's calls are in flight, or while its limit
 * allows none, go out together in the next call: first a permit, so that waiting for one does not eat
 * the lease, then each dispatch's own claim, then the call, then each one's own confirmation.
 */
export class Dispatcher {
  private readonly gates = new Map<string, Gate<Waiting>>();
  private readonly leaseMs: number;
  private readonly requestTimeoutMs: number;

  constructor(
    private readonly database: Database,
    private readonly connections: Connections,
    private readonly log: Logger,
    private readonly options: DispatcherOptions = {},
  ) {
    this.leaseMs = options.leaseMs ?? 30_000;
    this.requestTimeoutMs = options.requestTimeoutMs ?? Math.min(10_000, this.leaseMs / 3);
  }

  /** Whether so many dispatches wait for this WMS already that no further first try should join them. */
  isBusy(wmsId: string): boolean {
    return (this.gates.get(wmsId)?.load() ?? 0) >= MOST_AT_ONE_WMS;
  }

  /**
   * One try; how long it may wait for its turn is up to the caller. One whose outcome is in doubt goes
   * alone: a WMS that refuses a whole call for one bad order says nothing of the others in it.
   *
   * @throws OutsideUnavailable, UnknownConnection, and what the database throws.
   */
  async dispatch(id: string, wmsId: string, patienceMs: number, isDoubtful = false): Promise<DispatchResult> {
    const to = await this.connections.wms(wmsId);
    const gate = this.gateOf(to, isDoubtful);
    return new Promise((settle, fail) => {
      const timer = setTimeout(() => {
        if (gate.takeBack(waiting)) settle({ kind: 'again', why: 'call limit' });
      }, patienceMs);
      const waiting: Waiting = {
        id,
        resendAfter: undefined,
        settle: (result) => {
          clearTimeout(timer);
          settle(result);
        },
        fail: (error) => {
          clearTimeout(timer);
          fail(error);
        },
      };
      gate.add(waiting);
    });
  }

  private gateOf(to: WmsConnection, alone: boolean): Gate<Waiting> {
    const name = alone ? `${to.id}, one by one` : to.id;
    const known = this.gates.get(name);
    if (known !== undefined) return known;
    const gate = new Gate<Waiting>({
      atOnce: this.options.callsInFlight ?? 4,
      perCall: alone ? 1 : to.wms.capabilities.ordersPerCall,
      admit: () => this.permit(to.id),
      call: (together) => this.call(to.id, together),
      refuse: failAll,
    });
    this.gates.set(name, gate);
    return gate;
  }

  private async permit(wmsId: string): Promise<void> {
    for (;;) {
      const to = await this.connections.wms(wmsId);
      const waitMs = await takePermit(this.database.db, to.id, to.callsPerMinute);
      if (waitMs === 0) return;
      await sleep(waitMs);
    }
  }

  private async call(wmsId: string, together: readonly Waiting[]): Promise<void> {
    try {
      await this.send(await this.connections.wms(wmsId), together);
    } catch (error) {
      failAll(together, error);
    }
  }

  private async send(to: WmsConnection, together: readonly Waiting[]): Promise<void> {
    const ids = together.map((one) => one.id);
    // The lease is measured from before the claim, by a clock that nobody sets.
    const startedAt = performance.now();
    await this.options.onStep?.('before-claim', ids);
    const sending: Sending[] = [];
    const doubtful: { one: Waiting; of: Doubtful }[] = [];
    await Promise.all(
      together.map(async (one) => {
        try {
          const options = {
            leaseMs: this.leaseMs,
            ...(one.resendAfter === undefined ? {} : { resendAfter: one.resendAfter }),
          };
          const made = await claim(this.database, one.id, to, options);
          if (made.step === 'send') sending.push({ one, claimed: made.claimed });
          else if (made.step === 'look-up') doubtful.push({ one, of: made.doubtful });
          else one.settle(resultOfClaim(made));
        } catch (error) {
          one.fail(error);
        }
      }),
    );
    if (sending.length > 0) await this.sendClaimed(to, sending, startedAt);
    // Afterwards: a look-up that takes long must not eat the leases of what is sent.
    await Promise.all(doubtful.map(({ one, of }) => this.lookUp(to, one, of)));
  }

  private async sendClaimed(
    to: WmsConnection,
    sending: readonly Sending[],
    startedAt: number,
  ): Promise<void> {
    const ids = sending.map(({ claimed }) => claimed.id);
    await this.options.onStep?.('claimed', ids);
    const replies = await sendTogether(
      to.wms,
      sending.map(({ claimed }) => claimed.order),
      { leaseEndsAt: startedAt + this.leaseMs, timeoutMs: this.requestTimeoutMs },
    );
    await this.options.onStep?.('sent', ids);
    await Promise.all(
      sending.map(async ({ one, claimed }, index) => {
        try {
          const reply = replies[index];
          if (reply === undefined)
            throw new Error(`${to.id} gave ${replies.length} replies to ${sending.length} orders`);
          this.log.debug({ dispatch: claimed.id, wms: to.id, outcome: reply.outcome.kind }, 'sent');
          const confirmation = await confirm(this.database, claimed, reply);
          await this.options.onStep?.('confirmed', [claimed.id]);
          one.settle(resultOf(confirmation, reply));
        } catch (error) {
          one.fail(error);
        }
      }),
    );
  }

  private async lookUp(to: WmsConnection, one: Waiting, doubtful: Doubtful): Promise<void> {
    try {
      const result = await lookUp(this.database, to, doubtful);
      switch (result.kind) {
        case 'found':
          return one.settle({ kind: 'with-the-wms' });
        case 'ask':
          return one.settle({ kind: 'ask' });
        case 'later':
          return one.settle({ kind: 'again', why: result.why, afterMs: result.afterMs, unknown: true });
        case 'resend':
          return this.gateOf(to, true).add({ ...one, resendAfter: result.resendAfter });
      }
    } catch (error) {
      one.fail(error);
    }
  }
}

function failAll(waiting: readonly Waiting[], error: unknown): void {
  for (const one of waiting) one.fail(error);
}

function resultOfClaim(made: Exclude<Claim, { step: 'send' | 'look-up' }>): DispatchResult {
  switch (made.step) {
    case 'with-the-wms':
    case 'ask':
      return { kind: made.step };
    case 'stop':
      return { kind: 'stop', state: made.state };
    case 'short':
      return { kind: 'short', short: made.short };
    case 'later':
      return { kind: 'again', why: 'another sender holds the lease', afterMs: made.afterMs };
    case 'elsewhere':
      return { kind: 'again', why: 'claimed for another WMS', afterMs: 0 };
  }
}

function resultOf(confirmation: Confirmation, { outcome }: CreateReply): DispatchResult {
  const unknown = { kind: 'again', why: 'The outcome is unknown', unknown: true } as const;
  // A look-up settles it at once; sending again to a WMS in trouble has time.
  if (confirmation === 'fenced') return { ...unknown, afterMs: 0 };
  const { state, doubt } = confirmation;
  switch (state) {
    case 'sending':
    case 'unknown':
      return doubt === 'refused' ? { ...unknown, afterMs: 0 } : unknown;
    case 'ready': {
      const afterMs = outcome.kind === 'not-received' ? outcome.retryAfterMs : undefined;
      return { kind: 'again', why: 'not received', ...(afterMs === undefined ? {} : { afterMs }) };
    }
    case 'rejected':
    case 'held':
    case 'cancelled':
    case 'superseded':
      return { kind: 'stop', state };
    case 'accepted':
    case 'shipped':
    case 'cancelling':
    case 'cancel_unknown':
      return { kind: 'with-the-wms' };
  }
}
