import { crc32, createInflateRaw } from 'node:zlib';
import { CAPS, FileRefused, MIB } from './file-refused';

/**
 * The zip archive that a workbook is (PKWARE's APPNOTE, 4.3 and 4.5.3). It is looked over before anything is
 * unpacked, since a few hundred kilobytes can unpack to gigabytes.
 */

export interface Entry {
  readonly name: string;
  /** 0: stored, 8: deflated. */
  readonly method: number;
  readonly crc: number;
  readonly packedBytes: number;
  readonly bytes: number;
  /** Of the local header. */
  readonly offset: number;
}

const END_OF_DIRECTORY = 0x06054b50;
const DIRECTORY_ENTRY = 0x02014b50;
const LOCAL_HEADER = 0x04034b50;
const END_BYTES = 22;
const COMMENT_MAX = 0xffff;
const SENTINEL = 0xffff_ffff;
const ZIP64_EXTRA = 1;
const ENCRYPTED = 1;
/** Large enough that handing pieces over costs nothing. */
const PIECE_BYTES = 256 * 1024;

export const CUT_OFF = 'The file is cut off or damaged: save it, or download it, once more.';

/** @throws FileRefused where it is cut off, locked, or would unpack to more than {@link CAPS} allow. */
export function entriesOf(file: Buffer): Entry[] {
  const end = endOfDirectory(file);
  const count = file.readUInt16LE(end + 10);
  let at = file.readUInt32LE(end + 16);
  const entries: Entry[] = [];
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > file.length || file.readUInt32LE(at) !== DIRECTORY_ENTRY) throw new FileRefused(CUT_OFF);
    const { entry, next } = readEntry(file, at);
    entries.push(entry);
    at = next;
  }
  const total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  if (total > CAPS.unpackedBytes)
    throw new FileRefused(
      `The file unpacks to ${Math.ceil(total / MIB)} MiB, which no list of orders does; ${CAPS.unpackedBytes / MIB} MiB are allowed. Copy its rows into a new workbook.`,
    );
  return entries;
}

function endOfDirectory(file: Buffer): number {
  const first = Math.max(0, file.length - END_BYTES - COMMENT_MAX);
  for (let at = file.length - END_BYTES; at >= first; at -= 1)
    if (file.readUInt32LE(at) === END_OF_DIRECTORY) return at;
  throw new FileRefused(CUT_OFF);
}

function readEntry(file: Buffer, at: number): { entry: Entry; next: number } {
  if ((file.readUInt16LE(at + 8) & ENCRYPTED) !== 0)
    throw new FileRefused('The file is protected by a password: save it without one.');
  const nameLength = file.readUInt16LE(at + 28);
  const extraLength = file.readUInt16LE(at + 30);
  const extraAt = at + 46 + nameLength;
  const next = extraAt + extraLength + file.readUInt16LE(at + 32);
  if (next > file.length) throw new FileRefused(CUT_OFF);
  const large = largeNumbers(file.subarray(extraAt, extraAt + extraLength));
  const number = (offset: number) => {
    const value = file.readUInt32LE(at + offset);
    return value === SENTINEL ? large() : value;
  };
  // A large number stands in the extra field in this order.
  const bytes = number(24);
  const packedBytes = number(20);
  const offset = number(42);
  const name = file.toString('utf8', at + 46, extraAt);
  const [method, crc] = [file.readUInt16LE(at + 10), file.readUInt32LE(at + 16)];
  return { entry: { name, method, crc, packedBytes, bytes, offset }, next };
}

/** The 64-bit numbers of an entry, one after the other; Java's writers use them for small files, too. */
function largeNumbers(extra: Buffer): () => number {
  let at = 0;
  while (at + 4 <= extra.length && extra.readUInt16LE(at) !== ZIP64_EXTRA)
    at += 4 + extra.readUInt16LE(at + 2);
  at += 4;
  return () => {
    if (at + 8 > extra.length) throw new FileRefused(CUT_OFF);
    at += 8;
    return Number(extra.readBigUInt64LE(at - 8));
  };
}

/** An entry's bytes as the archive has them. @throws FileRefused. */
export function packedBytesOf(file: Buffer, { offset, packedBytes }: Entry): Buffer {
  if (offset + 30 > file.length || file.readUInt32LE(offset) !== LOCAL_HEADER) throw new FileRefused(CUT_OFF);
  const start = offset + 30 + file.readUInt16LE(offset + 26) + file.readUInt16LE(offset + 28);
  if (start + packedBytes > file.length) throw new FileRefused(CUT_OFF);
  return file.subarray(start, start + packedBytes);
}

/**
 * An entry unpacked, piece by piece, and never further than it declares.
 *
 * @throws FileRefused where it is damaged, or holds more than it says.
 */
export async function* unpack(file: Buffer, entry: Entry): AsyncGenerator<Buffer> {
  const packed = packedBytesOf(file, entry);
  let [bytes, crc] = [0, 0];
  try {
    for await (const piece of entry.method === 0 ? [packed] : inflated(packed)) {
      bytes += piece.length;
      if (bytes > entry.bytes) throw new FileRefused(CUT_OFF);
      crc = crc32(piece, crc);
      yield piece;
    }
  } catch (cause) {
    throw cause instanceof FileRefused ? cause : new FileRefused(CUT_OFF, { cause });
  }
  // Some writers leave the sum out.
  const isAsPacked = entry.crc === 0 || entry.crc === crc;
  if (bytes !== entry.bytes || !isAsPacked) throw new FileRefused(CUT_OFF);
}

function inflated(packed: Buffer): AsyncIterable<Buffer> {
  const inflate = createInflateRaw({ chunkSize: PIECE_BYTES });
  inflate.end(packed);
  return inflate;
}

export async function unpackText(file: Buffer, entry: Entry): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of unpack(file, entry)) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}
