import { CONNECTIONS } from '../../sandbox/seed';
import { type House, openHouse } from '../support/house';

describe('a source whose settings change while the worker runs', () => {
  let house: House;
  beforeAll(async () => {
    house = await openHouse();
  });
  afterEach(() => jest.restoreAllMocks());
  afterAll(() => house.close());

  const setBaseUrl = (url: string) =>
    house.database.pool.query(
      "UPDATE connection SET settings = json_set(settings, '$.baseUrl', ?) WHERE id = ?",
      [url, CONNECTIONS.source],
    );
  /** Long enough for the worker to read its connections again. */
  const later = () => {
    const now = Date.now;
    jest.spyOn(Date, 'now').mockImplementation(() => now() + 20_000);
  };

  it('is read again once a typo in them is undone', async () => {
    expect(await house.collectDay(2, 5_101)).toHaveLength(2);
    await setBaseUrl('a typo');
    later();
    await expect(house.deps.connections.source(CONNECTIONS.source)).rejects.toThrow('baseUrl');
    await setBaseUrl(house.standIns.addresses.hub.url);
    expect(await house.collectDay(2, 5_102)).toHaveLength(2);
  });
});
