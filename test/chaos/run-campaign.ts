import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../../sandbox/generator/random';
import type { Burst } from './burst';
import { compareSources, type LedgerFindings } from './compare-sources';
import { Deliveries } from './deliveries';
import { FAULTS } from './faults';
import type { OnAbsent } from './furnish';
import { compare, type Findings, isAtRest } from './oracle';
import { countParked, workOffTasks } from './person';
import { type PlannedFault, planFaults } from './schedule';
import { type Emitted, emitOrders } from './sources';
import type { Protection } from './without';
import { startWorld, type World } from './world';

export interface CampaignOptions {
  readonly orders: number;
  readonly seed: number;
  /** How long faults are injected. */
  readonly minutes: number;
  /** How often each kind of fault comes. */
  readonly each: number;
  readonly workers: number;
  /** Kinds of faults; all of them where left out. */
  readonly only?: readonly string[] | undefined;
  readonly without?: Protection | undefined;
  readonly lookUpOnly?: OnAbsent | undefined;
  /** How long everything may take to come to rest afterwards, or something to be found. */
  readonly patienceMinutes: number;
  /** Ends as soon as an order is found twice, or a second run of one; until then there is round after round. */
  readonly untilFound?: boolean | undefined;
  readonly say: (line: string) => void;
  /** Rejects when everything is to be stopped before its end. */
  readonly interrupted: Promise<never>;
}

export interface Summary extends Findings {
  readonly seed: number;
  /** Orders that waited for a person once nothing else moved. */
  readonly parked: number;
  readonly parkedBy: Readonly<Record<string, number>>;
  readonly oversold: number;
  /** By source: its own ledger, compared with the database order by order. */
  readonly ledgers: Readonly<Record<string, LedgerFindings>>;
  readonly faults: Readonly<Record<string, number>>;
  /** From the end of the last fault until each order had ended or waited for a person. */
  readonly recoverySeconds: number;
  readonly ordersPerSecond: number;
}

/** The share of orders that come in bursts, and that of the time in which the others come. */
const IN_BURSTS = 0.3;
const EMITTING = 0.85;
const LOOKS_THAT_CONFIRM_REST = 3;
const ROUNDS_OF_TASKS = 6;
const TRIES = 5;
const PAUSE_MS = 3_000;
/** What a source is told beside an order's journey waits for two schedules, and what failed for their next round. */
const LAST_REPORT_MS = 120_000;

/** Emits orders while everything goes wrong, lets it come to rest, and compares. */
export async function runCampaign(options: CampaignOptions): Promise<Summary> {
  const { orders, say } = options;
  const world = await startWorld({
    workers: options.workers,
    without: options.without,
    lookUpOnly: options.lookUpOnly,
    intervals: {
      collect: orders > 2_000 ? 45 : 5,
      tell: 5,
      watch: orders > 2_000 ? 5 : 2,
      stock: 10,
      reconcile: 3_600,
      sweep: 15,
      alert: 15,
      check: 60,
      forget: 3_600,
    },
    stockOfEach: Math.ceil(orders / 40) + 20,
    // Thrice what orders take, and more than what there is before the first.
    diskMb: 96 + Math.ceil(orders / 50),
    say,
  });
  try {
    return await Promise.race([new Campaign(world, options).run(), options.interrupted]);
  } finally {
    say('stopping…');
    await world.stop();
  }
}

class Campaign {
  private readonly emitted: Emitted[] = [];
  private readonly faults: Record<string, number> = {};
  private readonly startedAt = performance.now();
  private readonly kinds: readonly string[];
  private bursts = 0;
  private isFound = false;

  constructor(
    private readonly world: World,
    private readonly options: CampaignOptions,
  ) {
    const { only } = options;
    this.kinds = FAULTS.map(({ kind }) => kind).filter((kind) => only?.includes(kind) ?? true);
  }

  async run(): Promise<Summary> {
    const deliveries = new Deliveries(this.world, Math.ceil(this.options.orders / 60) + 20);
    deliveries.begin();
    const watching = this.reportProgress();
    const { untilFound } = this.options;
    await (untilFound ? Promise.race([this.roundAfterRound(), this.untilFound()]) : this.round(0));
    const faultsEndedAt = performance.now();
    if (untilFound) this.say(this.isFound ? 'something was found' : 'nothing was found');
    else this.say(`${(await this.untilAtRest()) ? 'everything' : 'not everything'} has come to rest`);
    const recoverySeconds = (performance.now() - faultsEndedAt) / 1_000;
    const parkedBy = await countParked(this.world);
    if (!untilFound) await this.workOffTasks();
    const seconds = (performance.now() - this.startedAt) / 1_000;
    await deliveries.end();
    const { examples, ...findings } = await compare(this.world, this.emitted);
    const sources = await this.compareSources();
    watching.stop();
    return {
      seed: this.options.seed,
      ...findings,
      parked: Object.values(parkedBy).reduce((sum, count) => sum + count, 0),
      parkedBy,
      oversold: deliveries.oversold,
      ledgers: sources.ledgers,
      faults: this.faults,
      recoverySeconds: Math.round(recoverySeconds),
      ordersPerSecond: Number((this.emitted.length / seconds).toFixed(2)),
      examples: { ...examples, ...(sources.examples.length > 0 ? { ledgers: sources.examples } : {}) },
    };
  }

  /** Where it ends in the middle, orders are still on their way: it is looked once. */
  private async compareSources(): Promise<Awaited<ReturnType<typeof compareSources>>> {
    const found = await compareSources(this.world, this.options.untilFound ? 0 : LAST_REPORT_MS);
    for (const [source, { orders, differences }] of Object.entries(found.ledgers))
      this.say(`${source}: ${differences} of ${orders} orders differ from its own ledger`);
    return found;
  }

  /** As many orders and faults as planned. The plan follows from the seed and the number of the round. */
  private async round(number: number): Promise<void> {
    const { seed, minutes, each, orders } = this.options;
    const startsAt = performance.now();
    const plan = planFaults({ seed: seed + number, minutes, kinds: this.kinds, each });
    await this.emit(orders - this.burstSize() * this.plannedBursts(), EMITTING * minutes * 60);
    await Promise.all(plan.map((fault) => this.inject(fault, startsAt)));
  }

  private async roundAfterRound(): Promise<void> {
    const { minutes, patienceMinutes } = this.options;
    const deadline = this.startedAt + (minutes + patienceMinutes) * 60_000;
    for (let number = 0; !this.isFound && performance.now() < deadline; number += 1) await this.round(number);
  }

  private plannedBursts(): number {
    return this.kinds.includes('overload') ? this.options.each : 0;
  }

  private burstSize(): number {
    const bursts = this.plannedBursts();
    return bursts === 0 ? 0 : Math.floor((IN_BURSTS * this.options.orders) / bursts);
  }

  private readonly burst: Burst = () => this.emit(this.burstSize(), 0);

  /** Each lot has a seed, and so order numbers, of its own. */
  private async emit(orders: number, overSeconds: number): Promise<number> {
    const seed = this.options.seed * 1_000 + this.bursts;
    this.bursts += 1;
    this.emitted.push(...(await emitOrders(this.world, { seed, orders, overSeconds })));
    return orders;
  }

  private async inject({ kind, atMs, seed }: PlannedFault, startsAt: number): Promise<void> {
    const fault = FAULTS.find((one) => one.kind === kind);
    await sleep(Math.max(0, startsAt + atMs - performance.now()));
    for (let attempt = 1; attempt <= TRIES; attempt += 1) {
      this.say(`${kind}…`);
      try {
        const target = await fault?.inject(this.world, new Random(seed), this.burst);
        this.faults[kind] = (this.faults[kind] ?? 0) + 1;
        return this.say(`${kind}: ${target}`);
      } catch (error) {
        // Another fault may have been in its way.
        this.say(`${kind} could not be injected: ${String(error)}`);
        await sleep(PAUSE_MS);
      }
    }
  }

  private async untilAtRest(): Promise<boolean> {
    const deadline = performance.now() + this.options.patienceMinutes * 60_000;
    for (let looks = 0; looks < LOOKS_THAT_CONFIRM_REST; ) {
      if (performance.now() > deadline) return false;
      await sleep(1_000);
      looks = (await isAtRest(this.world, this.emitted).catch(() => false)) ? looks + 1 : 0;
    }
    return true;
  }

  private async untilFound(): Promise<void> {
    while (!this.isFound) {
      await sleep(1_000);
      const found = await compare(this.world, this.emitted).catch(() => undefined);
      this.isFound ||= found !== undefined && found.duplicated + found.secondRuns > 0;
    }
  }

  private async workOffTasks(): Promise<void> {
    for (let round = 0; round < ROUNDS_OF_TASKS && (await this.hasTasks()); round += 1) {
      await workOffTasks(this.world);
      await this.untilAtRest();
    }
  }

  private async hasTasks(): Promise<boolean> {
    return Object.keys(await countParked(this.world)).length > 0;
  }

  private say(line: string): void {
    const seconds = ((performance.now() - this.startedAt) / 1_000).toFixed(1);
    this.options.say(`${seconds.padStart(7)} s  ${line}`);
  }

  private reportProgress(): { stop(): void } {
    const timer = setInterval(() => void this.sayStandings(), 10_000);
    return { stop: () => clearInterval(timer) };
  }

  private async sayStandings(): Promise<void> {
    const [rows] = await this.world.context.database.pool
      .query(
        "select concat(stage, coalesce(concat('/', waiting), '')) as standing, count(*) as n from orders group by 1",
      )
      .catch(() => [[]]);
    const counts = (rows as { standing: string; n: string }[]).map(({ standing, n }) => `${n} ${standing}`);
    this.say(`    ${this.emitted.length} emitted or to come: ${counts.join(', ')}`);
  }
}
