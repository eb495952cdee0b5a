import { Readable } from 'node:stream';
import { crc32, createDeflateRaw } from 'node:zlib';

/** A part of a zip archive, packed already (PKWARE's APPNOTE, 4.3). */
export interface PackedPart {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly bytes: number;
  readonly packed: Buffer;
}

const DEFLATED = 8;
const VERSION = 20;
const UTF8_NAME = 0x0800;
/** The first day that the format knows, so that the same parts make the same archive. */
const DATE = 0x0021;

/** Packs a part while it is made. */
export async function packPart(
  name: string,
  text: AsyncIterable<string> | Iterable<string>,
): Promise<PackedPart> {
  let [crc, bytes] = [0, 0];
  const counted = (async function* () {
    for await (const piece of text) {
      const encoded = Buffer.from(piece);
      crc = crc32(encoded, crc);
      bytes += encoded.length;
      yield encoded;
    }
  })();
  const packed: Buffer[] = [];
  for await (const piece of Readable.from(counted).pipe(createDeflateRaw()) as AsyncIterable<Buffer>)
    packed.push(piece);
  return { name, method: DEFLATED, crc, bytes, packed: Buffer.concat(packed) };
}

export function writeArchive(parts: readonly PackedPart[]): Buffer {
  const pieces: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const name = Buffer.from(part.name);
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(VERSION, 4);
    writeCommon(local, 6, part, name.length);
    pieces.push(local, name, part.packed);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    central.writeUInt16LE(VERSION, 4);
    central.writeUInt16LE(VERSION, 6);
    writeCommon(central, 8, part, name.length);
    central.writeUInt32LE(offset, 42);
    directory.push(central, name);
    offset += local.length + name.length + part.packed.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...pieces, listed, end]);
}

/** What both headers of a part say alike, from its flags on. */
function writeCommon(into: Buffer, at: number, part: PackedPart, nameLength: number): void {
  into.writeUInt16LE(UTF8_NAME, at);
  into.writeUInt16LE(part.method, at + 2);
  into.writeUInt16LE(DATE, at + 6);
  into.writeUInt32LE(part.crc, at + 8);
  into.writeUInt32LE(part.packed.length, at + 12);
  into.writeUInt32LE(part.bytes, at + 16);
  into.writeUInt16LE(nameLength, at + 20);
}
