import type { Db } from '../../db/database';
import { findOrder, keysBeginning, keysOfNumber, newestKeys } from '../../db/queries/orders';
import { NotFound } from './use-case-error';

export type OrderRow = NonNullable<Awaited<ReturnType<typeof findOrder>>>;

/** @throws NotFound with the keys that look like this one. */
export async function requireOrder(db: Db, key: string): Promise<OrderRow> {
  const found = await findOrder(db, key);
  if (found !== undefined) return found;
  const similar = await similarKeys(db, key);
  throw new NotFound(
    similar.length === 0
      ? `There is no order ${key}: boosta orders list shows what there is.`
      : `There is no order ${key}. Did you mean ${similar.join(', ')}?`,
  );
}

const SUGGESTIONS = 3;
const CANDIDATES = 200;
/** Looked through for one that was meant: what people ask for is seldom old. */
const NEWEST = 2_000;

/** Another channel's, or one with another end, however old; or a new one that has a piece of it. */
async function similarKeys(db: Db, key: string): Promise<string[]> {
  const number = key.slice(key.lastIndexOf('/') + 1);
  const sameNumber = await keysOfNumber(db, number, CANDIDATES);
  if (sameNumber.length > 0) return closest(sameNumber, key);
  const otherEnd = await keysBeginning(db, key.slice(0, -2), CANDIDATES);
  if (otherEnd.length > 0) return closest(otherEnd, key);
  const newest = await newestKeys(db, NEWEST);
  for (const piece of [number, number.slice(0, 6), number.slice(-4), number.slice(0, 3)]) {
    const keys = newest.filter((one) => piece !== '' && one.includes(piece));
    if (keys.length > 0) return closest(keys.slice(0, CANDIDATES), key);
  }
  return [];
}

function closest(keys: readonly string[], wanted: string): string[] {
  return keys
    .map((key) => ({ key, distance: editDistance(key, wanted) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, SUGGESTIONS)
    .map(({ key }) => key);
}

/** How many characters have to be changed, added or left out to make one text of the other. */
export function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1));
    }
    above = row;
  }
  return above[b.length] ?? 0;
}
