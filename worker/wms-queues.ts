import type { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';

export interface WmsQueuesOptions {
  readonly wmsIds: () => Promise<readonly string[]>;
  readonly open: (wmsId: string) => Promise<Worker>;
  readonly log: Logger;
}

const LOOK_EVERY_MS = 15_000;

/**
 * Sends that have to be tried again wait in a task queue of their WMS, so that the slots a slow or dead
 * WMS fills are its own. A connection that is added while the worker runs is noticed within fifteen seconds.
 */
export class WmsQueues {
  private readonly known = new Set<string>();
  private readonly workers: Worker[] = [];
  private readonly running: Promise<void>[] = [];
  private isOver = false;

  constructor(private readonly options: WmsQueuesOptions) {}

  /** Serves the queues as long as `main` runs. */
  async whileRunning(main: Promise<void>): Promise<void> {
    await this.look();
    const looking = setInterval(() => void this.look(), LOOK_EVERY_MS);
    try {
      await main;
    } finally {
      clearInterval(looking);
      this.isOver = true;
      for (const worker of this.workers) if (worker.getState() === 'RUNNING') worker.shutdown();
      await Promise.all(this.running);
    }
  }

  private async look(): Promise<void> {
    const { wmsIds, open, log } = this.options;
    try {
      for (const id of await wmsIds()) {
        if (this.known.has(id) || this.isOver) continue;
        this.known.add(id);
        const worker = await open(id);
        this.workers.push(worker);
        this.running.push(worker.run());
        if (this.isOver) worker.shutdown();
      }
    } catch (error) {
      log.warn({ err: error }, 'the task queues of the WMSes could not be looked up');
    }
  }
}
