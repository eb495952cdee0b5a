/** By what {@link Bodies} finds a body again. */
export type Body = number | Uint8Array;

/** Large enough that they are few, and little beside what a large file takes. */
const SLAB_BYTES = 1024 * 1024;
const LENGTH_BYTES = 4;
const MOST_BYTES_A_CHAR = 3;

/**
 * What is to be stored of each order of a file, as UTF-8 in a few large buffers: as a buffer each, a hundred thousand
 * of them take half as much again, and the collector of garbage looks at every one time after time.
 */
export class Bodies {
  private readonly slabs: Buffer[] = [];
  private slab = Buffer.alloc(0);
  private used = SLAB_BYTES;

  /** Keeps a text for good. */
  keep(text: string): Body {
    const most = LENGTH_BYTES + MOST_BYTES_A_CHAR * text.length;
    if (this.used + most > SLAB_BYTES) {
      this.slab = Buffer.allocUnsafeSlow(Math.max(SLAB_BYTES, most));
      this.slabs.push(this.slab);
      this.used = 0;
    }
    const at = this.used;
    const bytes = this.slab.write(text, at + LENGTH_BYTES);
    this.slab.writeUInt32LE(bytes, at);
    this.used += LENGTH_BYTES + bytes;
    return (this.slabs.length - 1) * SLAB_BYTES + at;
  }

  /** Keeps a text that the next one may replace: it is gone once nobody has its body any more. */
  keepForNow(text: string): Body {
    return Buffer.from(text);
  }

  /** A copy, with which no more goes to another thread than it holds. */
  get(body: Body): Uint8Array {
    if (typeof body !== 'number') return Uint8Array.from(body);
    const slab = this.slabs[Math.floor(body / SLAB_BYTES)];
    if (slab === undefined) throw new RangeError('There is no such body');
    const at = body % SLAB_BYTES;
    const from = at + LENGTH_BYTES;
    return Uint8Array.from(slab.subarray(from, from + slab.readUInt32LE(at)));
  }
}
