import { parentPort } from 'node:worker_threads';
import { FileRefused, NoTemplateFits } from './file-refused';
import { type ListColumn, readList } from './list-file';
import type { MarkedRow } from './mark-workbook';
import { type FileGiven, OrderFile, type ReadProgress } from './order-file';
import type { Template } from './template';
import { type SheetColumn, type TableCell, writeTableSheet } from './workbook';
import { writeTemplate } from './write-template';

/** What the thread does when asked; it has one file at a time. */
const tasks = {
  async read(given: FileGiven) {
    open = new OrderFile(given, (progress) => say({ progress }));
    return open.read();
  },
  repeated: (keys: ReadonlySet<string>) => opened().repeated(keys),
  records: (from: number, to: number) => opened().records(from, to),
  mark: (marked: readonly MarkedRow[]) => opened().mark(marked),
  rows: (wanted: readonly number[]) => opened().rowsOf(wanted),
  outline: (given: FileGiven, sample: boolean) => new OrderFile(given).outline(sample),
  list: (bytes: Uint8Array, columns: readonly ListColumn[]) => readList(bytes, columns),
  template: (template: Template) => writeTemplate(template),
  table: (name: string, columns: readonly SheetColumn[], rows: readonly (readonly TableCell[])[]) =>
    writeTableSheet(name, columns, rows),
};

export type Tasks = typeof tasks;

export interface Ask {
  readonly id: number;
  readonly name: keyof Tasks;
  readonly args: readonly unknown[];
}

export type Answer =
  | { readonly progress: ReadProgress }
  | { readonly id: number; readonly value: unknown }
  | { readonly id: number; readonly refused: string; readonly noTemplate: boolean }
  | { readonly id: number; readonly failed: string };

let open: OrderFile | undefined;

function opened(): OrderFile {
  if (open === undefined) throw new Error('No file has been read');
  return open;
}

function say(answer: Answer): void {
  parentPort?.postMessage(answer);
}

async function answer({ id, name, args }: Ask): Promise<void> {
  try {
    const task = tasks[name] as (...given: readonly unknown[]) => unknown;
    say({ id, value: await task(...args) });
  } catch (error) {
    if (error instanceof FileRefused)
      say({ id, refused: error.message, noTemplate: error instanceof NoTemplateFits });
    // What a library says of a file may quote it.
    else
      say({ id, failed: `The file could not be read (${error instanceof Error ? error.name : 'unknown'})` });
  }
}

parentPort?.on('message', (ask: Ask) => void answer(ask));
