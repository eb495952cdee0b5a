import { fillSearchTerms } from '../../activities/fill-search-terms';
import { normalizeOrder } from '../../activities/normalize-order';
import { listOrdersMasked, searchOf } from '../../client/use-cases/search-orders';
import { recipientsOf } from '../../db/queries/orders';
import { orderSearchTerm, recipient, searchBacklog } from '../../db/schema';
import { type House, openHouse } from '../support/house';

describe('orders that were read before they could be searched for', () => {
  let house: House;
  let keys: string[];
  beforeAll(async () => {
    house = await openHouse();
    for (const key of await house.collectDay(130, 7_001)) await normalizeOrder(house.deps, key);
    keys = (await house.database.db.select().from(recipient)).map(({ orderKey }) => orderKey);
  });
  afterAll(() => house.close());

  const terms = () =>
    house.database.db.select().from(orderSearchTerm).orderBy(orderSearchTerm.orderKey, orderSearchTerm.term);
  /** As the migration leaves them. */
  const asBefore = async () => {
    await house.database.db.delete(orderSearchTerm);
    await house.database.db.insert(searchBacklog).values({ after: '' });
  };
  const foundBy = async (q: string) =>
    (await listOrdersMasked(house.database.db, searchOf({ q }), undefined, 200)).rows.map(({ key }) => key);

  it('are found by name and phone once they have been filled in, just as new ones are', async () => {
    expect(keys.length).toBeGreaterThan(100);
    const [key = ''] = keys;
    const person = (await recipientsOf(house.database.db, [key])).get(key);
    const asNew = await terms();
    await asBefore();
    expect(await foundBy(person?.name ?? '')).not.toContain(key);
    await fillSearchTerms(house.database);
    expect(await terms()).toEqual(asNew);
    expect(await foundBy(person?.name ?? '')).toContain(key);
    expect(await foundBy(person?.phone.slice(-4) ?? '')).toContain(key);
    expect(await house.database.db.select().from(searchBacklog)).toEqual([]);
  });

  it('are filled in by two workers at the same time, and without a backlog nothing is touched', async () => {
    const asNew = await terms();
    await asBefore();
    await Promise.all([fillSearchTerms(house.database), fillSearchTerms(house.database)]);
    expect(await terms()).toEqual(asNew);
    await house.database.db.delete(orderSearchTerm);
    await fillSearchTerms(house.database);
    expect(await terms()).toEqual([]);
  });
});
