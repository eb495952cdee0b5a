import type { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';

export interface WmsQueuesOptions {
  readonly wmsIds: () => Promise<readonly string[]>;
  readonly open: (wmsId: string) => Promise<Pick<Worker, 'run' | 'shutdown' | 'getState'>>;
  readonly log: Logger;
  /** How often it is looked which queues have nobody. */
  readonly lookEveryMs?: number;
}

interface Served {
  readonly worker: Pick<Worker, 'shutdown' | 'getState'>;
  readonly ended: Promise<void>;
}

const LOOK_EVERY_MS = 15_000;

/**
 * Sends that have to be tried again wait in a task queue of their WMS, so that the slots a slow or dead
 * WMS fills are its own. A connection that is added while the worker runs, and a queue that could not be
 * opened or has ended, is noticed within fifteen seconds.
 */
export class WmsQueues {
  private readonly served = new Map<string, Served>();
  private looking: Promise<void> = Promise.resolve();
  private isOver = false;

  constructor(private readonly options: WmsQueuesOptions) {}

  /** Serves the queues as long as `main` runs. */
  async whileRunning(main: Promise<void>): Promise<void> {
    await this.look();
    const timer = setInterval(() => {
      this.looking = this.looking.then(() => this.look());
    }, this.options.lookEveryMs ?? LOOK_EVERY_MS);
    try {
      await main;
    } finally {
      clearInterval(timer);
      this.isOver = true;
      await this.looking;
      for (const { worker } of this.served.values()) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.all([...this.served.values()].map(({ ended }) => ended));
    }
  }

  private async look(): Promise<void> {
    const { wmsIds, log } = this.options;
    try {
      for (const id of await wmsIds()) if (!this.served.has(id) && !this.isOver) await this.serve(id);
    } catch (error) {
      log.warn({ err: error }, 'the task queues of the WMSes could not be looked up');
    }
  }

  /** One that fails stops no other; the next look tries again. */
  private async serve(id: string): Promise<void> {
    const { open, log } = this.options;
    try {
      const worker = await open(id);
      const ended = worker
        .run()
        .catch((error: unknown) => log.error({ err: error, wms: id }, 'the task queue of a WMS broke off'))
        .finally(() => this.served.delete(id));
      this.served.set(id, { worker, ended });
    } catch (error) {
      log.error({ err: error, wms: id }, 'the task queue of a WMS could not be opened');
    }
  }
}
