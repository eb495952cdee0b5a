import type { Logger } from 'pino';
import type { Database } from '../../db/database';
import type { Connections, WmsConnection } from '../connections';
import { Gate } from '../gate';
import { Breaker, type BreakerOptions } from './breaker';
import { type CallContext, failAll, oneCall, type Step, type Waiting } from './one-call';
import type { DispatchResult } from './result';

export interface DispatcherOptions {
  readonly leaseMs?: number;
  /** One request to a WMS, from connecting to the last byte; well below the lease. */
  readonly requestTimeoutMs?: number;
  /** How long after a lease's end a sender that slept past it, or its request, may still arrive. */
  readonly settlingMs?: number;
  readonly callsInFlight?: number;
  readonly breaker?: BreakerOptions;
  readonly onStep?: (step: Step, dispatchIds: readonly string[]) => void | Promise<void>;
}

export interface DispatcherParts {
  readonly database: Database;
  readonly connections: Connections;
  readonly log: Logger;
}

/** Well below the slots for first tries that a worker has: a slow WMS must leave some to the others. */
const MOST_AT_ONE_WMS = 60;

/**
 * Sends dispatches to WMSes, each WMS with a queue and a breaker of its own. Those that arrive while a WMS's calls are in flight, or while its limit
 * allows none, go out together in the next call: first a permit, so that waiting for one does not eat
 * the lease, then the call with what belongs to it.
 */
export class Dispatcher {
  readonly settlingMs: number;
  private readonly gates = new Map<string, Gate<Waiting>>();
  private readonly breakers = new Map<string, Breaker>();
  private readonly context: Omit<CallContext, 'resend'>;
  private readonly callsInFlight: number;

  constructor(
    private readonly parts: DispatcherParts,
    private readonly options: DispatcherOptions = {},
  ) {
    const leaseMs = options.leaseMs ?? 30_000;
    this.settlingMs = options.settlingMs ?? leaseMs;
    this.callsInFlight = options.callsInFlight ?? 4;
    this.context = {
      ...parts,
      leaseMs,
      settlingMs: this.settlingMs,
      requestTimeoutMs: options.requestTimeoutMs ?? Math.min(10_000, leaseMs / 3),
      onStep: options.onStep ?? (() => undefined),
    };
  }

  /** Whether so many wait for this WMS, or it is so unwell, that no further first try should join them. */
  isBusy(wmsId: string): boolean {
    return (this.gates.get(wmsId)?.load() ?? 0) >= MOST_AT_ONE_WMS || this.breakerOf(wmsId).restMs() > 0;
  }

  /**
   * One try; how long it may wait for its turn is up to the caller. One whose outcome is in doubt goes
   * alone: a WMS that refuses a whole call for one bad order says nothing of the others in it.
   *
   * @throws OutsideUnavailable, UnknownConnection, and what the database throws.
   */
  async dispatch(id: string, wmsId: string, patienceMs: number, isDoubtful = false): Promise<DispatchResult> {
    const to = await this.parts.connections.wms(wmsId);
    const restMs = this.breakerOf(wmsId).restMs();
    if (restMs > 0) return resting(restMs);
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
      atOnce: this.callsInFlight,
      perCall: alone ? 1 : to.wms.capabilities.ordersPerCall,
      admit: () => this.parts.connections.permits.take(to.id),
      call: (together) => this.call(to.id, together),
      refuse: failAll,
    });
    this.gates.set(name, gate);
    return gate;
  }

  private breakerOf(wmsId: string): Breaker {
    const known = this.breakers.get(wmsId);
    if (known !== undefined) return known;
    const breaker = new Breaker(this.options.breaker);
    this.breakers.set(wmsId, breaker);
    return breaker;
  }

  private async call(wmsId: string, together: readonly Waiting[]): Promise<void> {
    try {
      // Anew for each call: it may have been paused or given another address meanwhile.
      const to = await this.parts.connections.wms(wmsId);
      const context = { ...this.context, resend: (one: Waiting) => this.gateOf(to, true).add(one) };
      const breaker = this.breakerOf(wmsId);
      const made = await breaker.run(() => oneCall(context, to, together));
      if (!made) for (const one of together) one.settle(resting(breaker.restMs()));
    } catch (error) {
      failAll(together, error);
    }
  }
}

function resting(afterMs: number): DispatchResult {
  return { kind: 'again', why: 'The WMS has been silent several times in a row and rests', afterMs };
}
