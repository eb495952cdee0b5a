import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from '../../sandbox/child';
import { compiled } from '../../sandbox/environment';
import { MysqlProxy } from '../support/mysql-proxy';
import { TcpProxy } from '../support/tcp-proxy';
import { type ChaosCommand, type ChaosJob, JOB_VARIABLE, STRUCK, type Strike } from './chaos-worker';
import { Turns } from './turns';

export interface SeatOptions {
  readonly name: string;
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly logFile: string;
  readonly job: Pick<ChaosJob, 'dispatcher' | 'alterations'>;
}

const START_AGAIN_AFTER_MS = 500;
const STRIKE_PATIENCE_MS = 8_000;
const DRAIN_PATIENCE_MS = 40_000;

/**
 * The place of one worker: whoever sits there is replaced when it dies, as a process manager would, and
 * reaches MySQL and Temporal by lines of its own.
 */
export class Seat {
  /** Of faults of the process, and of faults of its lines. */
  readonly turns = new Turns();
  readonly lineTurns = new Turns();
  private child: Child | undefined;
  private isOver = false;
  private occupied: Promise<void> = Promise.resolve();

  private constructor(
    readonly name: string,
    readonly toMysql: MysqlProxy,
    readonly toTemporal: TcpProxy,
    private readonly options: SeatOptions,
  ) {}

  static async open(options: SeatOptions): Promise<Seat> {
    const toMysql = await MysqlProxy.start(options.databaseUrl);
    const [host = '', port] = options.temporalAddress.split(':');
    const seat = new Seat(options.name, toMysql, await TcpProxy.to(host, Number(port)), options);
    seat.occupied = seat.occupy();
    await seat.occupied;
    return seat;
  }

  /** Whoever sits there hears it, if anyone does. */
  tell(command: ChaosCommand): void {
    const process = this.child?.process;
    if (process?.connected === true) process.send(command, () => undefined);
  }

  signal(signal: NodeJS.Signals): void {
    this.child?.process.kill(signal);
  }

  /** Arms the strike and waits until it has struck; where nothing comes to that step, it is struck anyway. */
  async strike(strike: Strike): Promise<'at the step' | 'anywhere'> {
    await this.occupied;
    const child = this.child;
    if (child === undefined) return 'anywhere';
    const abort = new AbortController();
    const struck = (async () => {
      for (;;) {
        const [message] = (await once(child.process, 'message', { signal: abort.signal })) as unknown[];
        if (message === STRUCK) return 'at the step' as const;
      }
    })().catch(() => 'anywhere' as const);
    this.tell({ do: 'strike', ...strike, withinMs: STRIKE_PATIENCE_MS });
    const where = await Promise.race([struck, sleep(STRIKE_PATIENCE_MS, 'anywhere' as const)]);
    abort.abort();
    if (where === 'anywhere') child.process.kill(strike.signal);
    if (strike.signal === 'SIGKILL') await child.exited;
    return where;
  }

  /** Resolves when a worker sits there and runs. */
  async untilRunning(): Promise<void> {
    await this.occupied;
  }

  /** As a deployment does it: it finishes what it has in hand, and a new one takes its place. */
  async replace(): Promise<void> {
    await this.occupied;
    const child = this.child;
    if (child === undefined) return;
    child.process.kill('SIGTERM');
    await Promise.race([child.exited, sleep(DRAIN_PATIENCE_MS)]);
    child.process.kill('SIGKILL');
    await child.exited;
    await this.occupied;
  }

  async close(): Promise<void> {
    this.isOver = true;
    await this.occupied.catch(() => undefined);
    this.child?.process.kill('SIGKILL');
    await this.child?.exited;
    await this.toMysql.stop();
    await this.toTemporal.stop();
  }

  /** A worker does not start while a server is away: it is tried until it does. */
  private async occupy(): Promise<void> {
    while (!this.isOver) {
      try {
        const child = await startChild(compiled('test/chaos/chaos-worker'), {
          env: { [JOB_VARIABLE]: JSON.stringify(this.job()) },
          logFile: this.options.logFile,
        });
        this.child = child;
        void child.exited.then(() => {
          this.child = undefined;
          this.occupied = this.occupy();
        });
        return;
      } catch {
        await sleep(START_AGAIN_AFTER_MS);
      }
    }
  }

  private job(): ChaosJob {
    return {
      ...this.options.job,
      databaseUrl: this.toMysql.url,
      temporalAddress: `127.0.0.1:${this.toTemporal.port}`,
    };
  }
}
