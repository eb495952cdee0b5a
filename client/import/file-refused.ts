/** A file that cannot be taken in as it is; the message is one sentence for a person and says what to do. */
export class FileRefused extends Error {
  override readonly name: string = 'FileRefused';
}

/** It may well be a list of orders, but nobody has said yet what its columns mean. */
export class NoTemplateFits extends FileRefused {
  override readonly name = 'NoTemplateFits';
}

export const MIB = 1024 * 1024;

/** Beyond these a file is no list of orders. */
export const CAPS = {
  fileBytes: 50 * MIB,
  /** Of all parts of a workbook together, as they declare it. */
  unpackedBytes: 512 * MIB,
  /** Of a part that is read at once, as all but sheets are: a longer text would not fail but end the process. */
  partBytes: 100 * MIB,
  rows: 200_000,
  columns: 200,
  /** Of the thread that reads the file, without what it keeps in buffers. */
  heapMiB: 300,
  readMs: 300_000,
  /** More than that are counted, not listed. */
  problems: 10_000,
} as const;
