import type { Db } from '../db/database';
import { partOf } from '../db/queries/deal-orders';
import { supersededBy } from '../db/queries/dispatches';

interface Units {
  readonly lineKey: string;
  readonly quantity: number;
}

/** A part of an order, and the dispatch that it is in. */
export interface Part {
  readonly id: string;
  readonly bought: readonly Units[];
  readonly gifts: readonly Units[];
}

/**
 * Parts with what the order is given now and is in none of them, as it was in what they superseded: what an undone
 * decision had taken away comes back to where it was.
 *
 * @param given what the order is given now.
 */
export async function withFormerGifts<P extends Part>(
  tx: Db,
  orderKey: string,
  parts: readonly P[],
  given: readonly Units[],
): Promise<P[]> {
  let sought = given.map(({ lineKey }) => lineKey).filter((key) => !parts.some((part) => isIn(part, key)));
  let found: readonly P[] = parts;
  let before = parts.map(({ id }): string | null => id);
  while (parts.length > 1 && sought.length > 0 && before.some((id) => id !== null)) {
    before = await Promise.all(before.map(async (id) => (id === null ? null : supersededBy(tx, id))));
    const former = await Promise.all(
      before.map(async (id) => (id === null ? [] : (await partOf(tx, orderKey, id)).gifts)),
    );
    const missing = new Set(sought);
    found = found.map((part, index) => ({
      ...part,
      gifts: [...part.gifts, ...(former[index] ?? []).filter(({ lineKey }) => missing.has(lineKey))],
    }));
    sought = sought.filter((key) => !found.some((part) => isIn(part, key)));
  }
  return [...found];
}

const isIn = ({ gifts }: Part, key: string) => gifts.some(({ lineKey }) => lineKey === key);
