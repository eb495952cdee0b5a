import { type SQL, sql } from 'drizzle-orm';
import { type Period, type Spans, spansOf } from '../../domain/period';
import { SALES_VIEWS, type SalesBy, type SalesView } from '../../domain/sale';
import type { Db } from '../database';
import { configuration, item, salesDay, salesMonth } from '../schema';

/** By which column each breakdown is told, whose names it has, and which of the sums have it. */
const BY: Readonly<
  Record<SalesBy, { key: SQL; named?: typeof configuration | typeof item; views: readonly SalesView[] }>
> = {
  day: { key: sql`day`, views: SALES_VIEWS },
  channel: { key: sql`channel`, views: ['channel', 'both'] },
  source: { key: sql`source`, views: ['channel', 'both'] },
  configuration: { key: sql`configuration`, named: configuration, views: ['goods', 'both'] },
  item: { key: sql`item_code`, named: item, views: ['goods', 'both'] },
};

/** What stands for the goods in a row of shipping fees, paid or paid back. */
export const OF_NO_GOODS = 'shipping_fee';

const namedKey = (key: string) => (key === '' ? OF_NO_GOODS : key);

interface Figures {
  /** Pieces that have shipped, and those of them that have come back. */
  readonly quantity: number;
  readonly returned: number;
  readonly gross: bigint;
  readonly returns: bigint;
  /** What remains. */
  readonly amount: bigint;
}

type Keyed = Figures & { readonly key: string; readonly name: string | null };

/** Sales of a period in its Seoul days; the rows add up to the total. It reads the sums, not the ledger. */
export async function salesBy(db: Db, by: SalesBy, period: Period): Promise<Keyed[]> {
  return sumsBy(db, by, undefined, period);
}

/** The same, broken down twice: a row for each pair that there are sales of. */
export async function salesByPair(
  db: Db,
  by: SalesBy,
  across: SalesBy,
  period: Period,
): Promise<(Keyed & { readonly acrossKey: string; readonly acrossName: string | null })[]> {
  return sumsBy(db, by, across, period);
}

/** What remains of each day's sales through each channel. */
export async function netByChannelAndDay(db: Db, period: Period) {
  const rows = await sumsBy(db, 'day', 'channel', period);
  return rows.map(({ key: day, acrossKey: channel, amount: net }) => ({ channel, day, net }));
}

async function sumsBy(db: Db, by: SalesBy, across: SalesBy | undefined, period: Period) {
  const all = across === undefined ? [by] : [by, across];
  const [down, along] = [BY[by], across === undefined ? undefined : BY[across]];
  const nameOf = ({ named }: (typeof BY)[SalesBy], key: SQL) =>
    named === undefined ? sql`null` : sql`(select name from ${named} where code = ${key})`;
  const [rows] = await db.execute(sql`
    select totals.*, ${nameOf(down, sql`totals.down`)} as name,
      ${along === undefined ? sql`null` : nameOf(along, sql`totals.along`)} as along_name
    from (${added(partsOf(all, down.key, along?.key ?? sql`''`, period))}) as totals
    order by totals.down, totals.along`);
  return (
    (rows as unknown as Record<string, string | null>[])
      .map((row) => ({
        key: namedKey(row['down'] ?? ''),
        name: row['name'] ?? null,
        acrossKey: namedKey(row['along'] ?? ''),
        acrossName: row['along_name'] ?? null,
        ...figuresOf(row),
      }))
      // What was taken away as a whole was sold on other days only.
      .filter(
        ({ quantity, returned, gross, returns }) =>
          quantity !== 0 || returned !== 0 || gross !== 0n || returns !== 0n,
      )
  );
}

/** What the parts of a period add up to; one alone is grouped already. */
function added(parts: readonly SQL[]): SQL {
  const all = sql.join([...parts], sql` union all `);
  if (parts.length === 1) return all;
  return sql`select down, along, sum(sold) as sold, sum(returned) as returned, sum(gross) as gross,
    sum(returns) as returns from (${all}) as parts group by down, along`;
}

function figuresOf(row: Readonly<Record<string, string | null>>): Figures {
  const [gross, returns] = [BigInt(row['gross'] ?? 0), BigInt(row['returns'] ?? 0)];
  return {
    quantity: Number(row['sold']),
    returned: Number(row['returned']),
    gross,
    returns,
    amount: gross + returns,
  };
}

/** The sums of a period that tell of these breakdowns, in the smallest of the views that do: part by part of it. */
function partsOf(by: readonly SalesBy[], down: SQL, along: SQL, period: Period): SQL[] {
  const view = SALES_VIEWS.find((one) => by.every((each) => BY[each].views.includes(one))) ?? 'both';
  const { months, added, takenAway } = by.includes('day') ? daysAlone(period) : spansOf(period);
  const part = (from: SQL, since: SQL, sign: SQL, within: Period) => sql`
    select ${down} as down, ${along} as along, ${sign}sum(sold_pieces) as sold, ${sign}sum(returned_pieces) as returned,
      ${sign}sum(gross) as gross, ${sign}sum(returns) as returns
    from ${from} where view = ${view} and ${since} between ${within.from} and ${within.to} group by 1, 2`;
  const ofDays = (sign: SQL) => (within: Period) => part(sql`${salesDay}`, sql`day`, sign, within);
  return [
    ...(months === undefined ? [] : [part(sql`${salesMonth}`, sql`month`, sql``, months)]),
    ...added.map(ofDays(sql``)),
    ...takenAway.map(ofDays(sql`-`)),
  ];
}

const daysAlone = (period: Period): Spans => ({ months: undefined, added: [period], takenAway: [] });
