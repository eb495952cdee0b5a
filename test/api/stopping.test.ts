import { type OpenedApi, openApi } from '../support/api';
import { type FreshDatabase, freshDatabase } from '../support/database';

/** Far below the 72 s for which a connection without requests is kept open. */
const SOON_MS = 15_000;
const TIMES = 5;

describe('an API that is told to stop', () => {
  let database: FreshDatabase;
  let api: OpenedApi;

  beforeAll(async () => {
    database = await freshDatabase();
  });
  beforeEach(async () => {
    api = await openApi({ database });
  });
  afterAll(() => database.close());

  it(
    'has soon stopped, whatever answers were on their way',
    async () => {
      const visitor = await api.signedIn('viewer', 'reader');
      const asked = Array.from({ length: TIMES }, () => visitor.ask('GET', '/api/today'));
      await Promise.race(asked);
      await api.close();
      for (const { status } of await Promise.all(asked)) expect([200, 503]).toContain(status);
    },
    SOON_MS,
  );

  it(
    'has soon stopped, even if somebody has begun to listen just before',
    async () => {
      const visitor = await api.signedIn('viewer', 'listener');
      const first = visitor.ask('GET', '/api/session');
      const listening = Array.from({ length: TIMES }, () => visitor.ask('GET', '/api/live'));
      await first;
      await api.close();
      for (const { status } of await Promise.all(listening)) expect([200, 503]).toContain(status);
    },
    SOON_MS,
  );
});
