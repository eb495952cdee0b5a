import {
  appendFileSync,
  closeSync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import type { z } from 'zod';

const NEWLINE = 0x0a;

/**
 * A stand-in's state on disk: one JSON value a line, appended before it takes effect, applied again in
 * the same order at the next start. Every entry is handed to the operating system before `record`
 * returns, so a kill -9 loses nothing that was answered (a power cut may: there is no fsync).
 */
export class Journal<Entry> {
  readonly #descriptor: number;
  readonly #apply: (entry: Entry) => void;
  #length: number;
  #open = true;

  /** @throws Error naming file and line when an entry other than the last cannot be read. */
  constructor(file: string, schema: z.ZodType<Entry>, apply: (entry: Entry) => void) {
    mkdirSync(dirname(file), { recursive: true });
    this.#descriptor = openSync(file, 'a+');
    this.#apply = apply;
    this.#length = replay(file, schema, apply);
    if (fstatSync(this.#descriptor).size > this.#length) {
      console.warn(`${file}: dropped a torn last line`);
      ftruncateSync(this.#descriptor, this.#length);
    }
  }

  /** Writes the entry, then applies it: state changes in no other way. */
  record(entry: Entry): void {
    // The system may have given the descriptor's number to another file by now.
    if (!this.#open) throw new Error('the journal is closed');
    const line = `${JSON.stringify(entry)}\n`;
    try {
      appendFileSync(this.#descriptor, line);
    } catch (error) {
      // A full disk may leave half a line, to which the next entry would be glued.
      ftruncateSync(this.#descriptor, this.#length);
      throw error;
    }
    this.#length += Buffer.byteLength(line);
    this.#apply(entry);
  }

  close(): void {
    if (!this.#open) return;
    this.#open = false;
    closeSync(this.#descriptor);
  }
}

/** @returns how many bytes of the file are whole entries. */
function replay<Entry>(file: string, schema: z.ZodType<Entry>, apply: (entry: Entry) => void): number {
  const bytes = readFileSync(file);
  let start = 0;
  for (let line = 1; start < bytes.length; line += 1) {
    const end = bytes.indexOf(NEWLINE, start);
    if (end === -1) return start;
    const entry = parseEntry(bytes.toString('utf8', start, end), schema);
    if (entry === undefined) {
      if (end === bytes.length - 1) return start;
      throw new Error(
        `${file}: line ${line} is no entry of this journal; move the file away to start afresh`,
      );
    }
    apply(entry);
    start = end + 1;
  }
  return start;
}

function parseEntry<Entry>(text: string, schema: z.ZodType<Entry>): Entry | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}
