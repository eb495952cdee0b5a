/** A request, before it is written out; what stands in its address is escaped already. */
export interface Draft {
  readonly path: Readonly<Record<string, string>>;
  readonly query: readonly (readonly [string, string])[];
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer | undefined;
}

/** Unpaired surrogates, which no UTF-8 has, are none afterwards. */
function wellFormed(text: string): string {
  return Buffer.from(text).toString();
}

/** As a part of an address. */
export function escaped(text: string): string {
  return encodeURIComponent(wellFormed(text));
}
