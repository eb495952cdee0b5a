import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { CAPS, FileRefused, MIB, NoTemplateFits } from './file-refused';
import type { Answer, Ask, Tasks } from './file-thread-main';
import type { ReadProgress } from './order-file';

/**
 * A thread that reads files of people, which may be anything: it has limits of memory and time, and what waits
 * for it is not kept waiting by it.
 */
export class FileThread {
  private readonly worker: Worker;
  private readonly waiting = new Map<number, { settle(value: unknown): void; fail(error: Error): void }>();
  private asked = 0;

  constructor(private readonly onProgress: (progress: ReadProgress) => void = () => undefined) {
    this.worker = new Worker(compiledMain(), {
      resourceLimits: { maxOldGenerationSizeMb: CAPS.heapMiB },
      // It needs nothing of what the process is set to.
      env: {},
    });
    this.worker.on('message', (answer: Answer) => this.hear(answer));
    this.worker.on('error', (error) => this.failAll(asRefusal(error)));
    this.worker.on('exit', () => this.failAll(new Error('The thread that reads the file has ended')));
  }

  /** @throws FileRefused where the file is at fault. */
  async ask<Name extends keyof Tasks>(
    name: Name,
    ...args: Parameters<Tasks[Name]>
  ): Promise<Awaited<ReturnType<Tasks[Name]>>> {
    const id = this.asked;
    this.asked += 1;
    const late = setTimeout(() => {
      this.failAll(
        new FileRefused(`The file took more than ${CAPS.readMs / 60_000} minutes: split it into several.`),
      );
      void this.close();
    }, CAPS.readMs);
    try {
      const answered = new Promise<unknown>((settle, fail) => this.waiting.set(id, { settle, fail }));
      this.worker.postMessage({ id, name, args } satisfies Ask);
      return (await answered) as Awaited<ReturnType<Tasks[Name]>>;
    } finally {
      clearTimeout(late);
      this.waiting.delete(id);
    }
  }

  async close(): Promise<void> {
    await this.worker.terminate();
  }

  private hear(answer: Answer): void {
    if ('progress' in answer) return this.onProgress(answer.progress);
    const asker = this.waiting.get(answer.id);
    if ('value' in answer) return asker?.settle(answer.value);
    asker?.fail('refused' in answer ? refusalOf(answer) : new Error(answer.failed));
  }

  private failAll(error: Error): void {
    for (const { fail } of this.waiting.values()) fail(error);
  }
}

function refusalOf({ refused, noTemplate }: Extract<Answer, { refused: string }>): FileRefused {
  return noTemplate ? new NoTemplateFits(refused) : new FileRefused(refused);
}

function asRefusal(error: Error): Error {
  if ('code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY')
    return new FileRefused(
      `The file needs more than ${CAPS.heapMiB} MiB of memory to be read: split it, or copy its rows into a new workbook.`,
      { cause: error },
    );
  return error;
}

/** @throws FileRefused: what is larger is no list of orders. */
export function requireSize(bytes: number): void {
  if (bytes > CAPS.fileBytes)
    throw new FileRefused(
      `The file has ${Math.ceil(bytes / MIB)} MiB; ${CAPS.fileBytes / MIB} MiB are allowed: split it into several.`,
    );
}

/** Threads run what the build made, also where this module runs from its source. */
function compiledMain(): string {
  const beside = join(__dirname, 'file-thread-main.js');
  return existsSync(beside) ? beside : join(__dirname, '../../dist/client/import/file-thread-main.js');
}
