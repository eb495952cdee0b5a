import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { FileRefused } from '../import/file-refused';
import { requireSize } from '../import/file-thread';
import { UseCaseError } from '../use-cases/use-case-error';

/** Files that people name at the command line: none of theirs is ever overwritten. */

/** @throws UseCaseError where there is no such file, it may not be read, or is too large to be. */
export async function readOrExplain(path: string): Promise<Buffer> {
  try {
    requireSize((await stat(path)).size);
    return await readFile(path);
  } catch (cause) {
    throw new UseCaseError(cause instanceof FileRefused ? cause.message : whyNotRead(path, codeOf(cause)), {
      cause,
    });
  }
}

function whyNotRead(path: string, code: string): string {
  if (code === 'ENOENT') return `There is no file ${path}.`;
  return code === 'EISDIR' ? `${path} is a folder: name a file in it.` : `${path} cannot be read (${code}).`;
}

const TRIES = 100;

/** @throws UseCaseError where there is a file already. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<string> {
  if (await couldWrite(path, bytes)) return path;
  throw new UseCaseError(`${path} is there already: name another file.`);
}

/** Writes a workbook beside another file, as `orders-marked.xlsx`, or `orders-marked-2.xlsx`. */
export async function writeBeside(path: string, suffix: string, bytes: Uint8Array): Promise<string> {
  const stem = join(dirname(path), `${basename(path, extname(path))}-${suffix}`);
  for (let number = 1; number <= TRIES; number += 1) {
    const name = `${stem}${number === 1 ? '' : `-${number}`}.xlsx`;
    if (await couldWrite(name, bytes)) return name;
  }
  throw new UseCaseError(`There are too many files like ${stem}.xlsx: remove some.`);
}

/** @returns false where there is a file already. */
async function couldWrite(path: string, bytes: Uint8Array): Promise<boolean> {
  try {
    await writeFile(path, bytes, { flag: 'wx' });
    return true;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EEXIST') return false;
    throw new UseCaseError(`${path} cannot be written (${code}).`, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown';
}
