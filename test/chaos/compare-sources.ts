import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from '../../db/database';
import { groupBy } from '../../domain/group-by';
import { type Abilities, differencesOf } from './compare-order';
import { type KnownOrder, readKnownOrders } from './known-orders';
import { type HeldOrder, sourceLedgerSchema } from './source-ledger';
import type { World } from './world';

/** What one source's own ledger and the database make of the same orders. */
export interface LedgerFindings {
  /** Orders that the source holds. */
  readonly orders: number;
  /** Orders, on either side, that differ. */
  readonly differences: number;
}

export interface SourceFindings {
  readonly ledgers: Readonly<Record<string, LedgerFindings>>;
  readonly examples: readonly string[];
}

/** What a source holds and the database knows of it. */
export interface Sides {
  readonly source: string;
  readonly can: Abilities;
  readonly held: readonly HeldOrder[];
  readonly known: readonly KnownOrder[];
}

interface Difference {
  readonly source: string;
  readonly key: string;
  readonly what: string;
}

const LOOKS_EVERY_MS = 2_000;
const EXAMPLES = 10;

/**
 * Compares every source's own ledger with the database, order by order.
 *
 * @param patienceMs how long a difference must last to be one: what is on its way to a source this moment is none.
 */
export async function compareSources(world: World, patienceMs: number): Promise<SourceFindings> {
  const { db } = world.context.database;
  const deadline = performance.now() + patienceMs;
  let sides = await readSides(db, world);
  let lasting = sides.flatMap(compareSides);
  while (lasting.length > 0 && performance.now() < deadline) {
    await sleep(LOOKS_EVERY_MS);
    sides = await readSides(db, world);
    const now = new Set(sides.flatMap(compareSides).map(asText));
    lasting = lasting.filter((difference) => now.has(asText(difference)));
  }
  return {
    ledgers: Object.fromEntries(
      sides.map(({ source, held }) => [
        source,
        { orders: held.length, differences: ordersIn(lasting, source) },
      ]),
    ),
    examples: lasting.slice(0, EXAMPLES).map(asText),
  };
}

function ordersIn(differences: readonly Difference[], of: string): number {
  return new Set(differences.filter(({ source }) => source === of).map(({ key }) => key)).size;
}

function asText({ source, key, what }: Difference): string {
  return `${source}: ${key} ${what}`;
}

/** In which the two sides differ: an order that only one has, and what they say of those that both have. */
export function compareSides({ source, can, held, known }: Sides): Difference[] {
  const here = new Map(known.map((order) => [order.key, order]));
  const there = new Set(held.map(({ key }) => key));
  return [
    ...held.flatMap((order) =>
      differencesOf(order, here.get(order.key), can).map((what) => ({ source, key: order.key, what })),
    ),
    ...known
      .filter(({ key }) => !there.has(key))
      .map(({ key }) => ({ source, key, what: 'is not held by its source' })),
  ];
}

/** Of every source there is; an order in the database that came from nowhere is a surplus one of that name. */
export async function readSides(
  db: Db,
  { sources, admin }: Pick<World, 'sources' | 'admin'>,
): Promise<Sides[]> {
  const known = groupBy(await readKnownOrders(db), ({ source }) => source);
  const sides = await Promise.all(
    sources.map(async ({ id, standIn, capabilities }) => {
      const { entries, claims } = sourceLedgerSchema.parse(await admin(standIn, 'GET', '/ledger'));
      const claimsOf = groupBy(claims, ({ key }) => key);
      const held = entries.map((entry) => ({ ...entry, claims: claimsOf.get(entry.key) ?? [] }));
      return { source: id, can: capabilities, held, known: known.get(id) ?? [] };
    }),
  );
  const nowhere = [...known].filter(([id]) => !sources.some((source) => source.id === id));
  return [
    ...sides,
    ...nowhere.map(([source, orders]) => ({ source, can: NOTHING, held: [], known: orders })),
  ];
}

const NOTHING: Abilities = {
  acknowledges: 'not-at-all',
  cancellations: { beforeShipping: false, afterShipping: false, partial: false, answered: false },
  uploadsPerCall: 0,
};
