import type { Database } from '../../db/database';
import { saveListings } from '../../db/queries/listings';
import { insertCollected } from '../../db/queries/orders';
import { writeStandardOrder } from '../../db/queries/standard-order';
import { inTransaction } from '../../db/transaction';
import { type Deal, dealKey } from '../../domain/deal';
import { CONNECTIONS } from '../../sandbox/seed';

export interface OrderedLine extends Pick<Deal, 'deal' | 'option'> {
  readonly units: number;
  /** Of one unit. */
  readonly price?: bigint;
  /** The channel's own number of what is sold. */
  readonly listing?: string;
}

const PRICE = 10_000n;
let made = 0;

/**
 * Writes an order of these lines in its standard form, with what its source tells of their listings, as it is before
 * it is matched.
 *
 * @returns its key.
 */
export async function orderOf(
  database: Database,
  channel: string,
  ordered: readonly OrderedLine[],
  orderedAt = new Date(),
  name = '홍길동',
): Promise<string> {
  made += 1;
  const orderNumber = `D${made}`;
  const key = `${channel}/${orderNumber}`;
  const named = { key, channel, orderNumber, orderedAt };
  await insertCollected(database.db, [{ ...named, source: CONNECTIONS.source }]);
  const lines = ordered.map(({ deal, option, units, price = PRICE }, index) => ({
    lineNumber: `${index + 1}`,
    deal,
    option,
    quantity: units,
    cancelledQuantity: 0,
    amount: price * BigInt(units),
    discount: 0n,
    listing: null,
  }));
  const teller = { connectionId: CONNECTIONS.source, recordId: orderNumber };
  const tellers = new Map(lines.map(({ lineNumber }) => [lineNumber, teller]));
  const recipient = {
    name,
    phone: '010-0000-0000',
    phone2: null,
    postcode: '04524',
    address: '서울시 중구 1',
    deliveryMessage: null,
  };
  const order = { ...named, recipient, lines, shippingFee: 0n, shipBy: null };
  const listings = ordered.flatMap(({ listing, ...wording }) =>
    listing === undefined ? [] : [{ listing, channel, dealKey: dealKey({ channel, ...wording }) }],
  );
  await inTransaction(database, async (tx) => {
    await saveListings(tx, CONNECTIONS.source, listings);
    await writeStandardOrder(tx, order, tellers, { stage: 'normalized', before: 0, appliedRecord: 1 });
  });
  return key;
}
