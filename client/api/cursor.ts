import { RequestRefused } from './problems';

/** Where a page of a list ends, as a caller gets it: text that means nothing outside. */
export function cursorOf(...parts: readonly string[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** @throws RequestRefused where it is none of ours. */
export function partsOfCursor(cursor: string, parts: number): string[] {
  try {
    const read: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(read) && read.length === parts && read.every((part) => typeof part === 'string'))
      return read;
  } catch {
    // Told below.
  }
  throw new RequestRefused(400, 'This cursor is not one that a list has given.');
}
