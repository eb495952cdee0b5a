import { setTimeout as sleep } from 'node:timers/promises';
import type { RunningServer } from '../../sandbox/servers';
import { Turns } from './turns';

/** A server that is killed and started again on the same port and data. */
export class Server<Running extends RunningServer> {
  readonly turns = new Turns();
  private deaths = 0;

  private constructor(
    readonly name: string,
    private running: Running,
    private readonly start: (deaths: number) => Promise<Running>,
  ) {}

  static async of<Running extends RunningServer>(
    name: string,
    start: (deaths: number) => Promise<Running>,
  ): Promise<Server<Running>> {
    return new Server(name, await start(0), start);
  }

  get now(): Running {
    return this.running;
  }

  /** kill -9; what it has acknowledged must be there when it comes back. */
  async kill(): Promise<void> {
    process.kill(this.running.pid, 'SIGKILL');
    await this.running.exited;
  }

  /** Whether it has ended by itself, or does within this time. */
  async hasDied(withinMs: number): Promise<boolean> {
    return Promise.race([this.running.exited.then(() => true), sleep(withinMs, false)]);
  }

  async restart(): Promise<void> {
    this.running = await this.start(this.deaths);
  }

  /** Starts one again that has ended by itself: what starts it may do so otherwise, the oftener it has. */
  async revive(): Promise<void> {
    this.deaths += 1;
    await this.restart();
  }

  async stop(): Promise<void> {
    await this.running.stop();
  }
}
