import { OpenedConsole } from '../../support/console';
import { type FreshDatabase, freshDatabase } from '../../support/database';
import { type FreshTemporal, freshTemporal } from '../../support/temporal';
import { ADDRESSES } from './addresses';
import { inTabs } from './in-tabs';
import { settled } from './settled';

/** A house into which nobody has brought anything yet. */
export function emptyPages(): void {
  describe('before there is anything', () => {
    let database: FreshDatabase;
    let temporal: FreshTemporal;
    let opened: OpenedConsole;

    beforeAll(async () => {
      database = await freshDatabase();
      temporal = await freshTemporal();
      opened = await OpenedConsole.open(database, { DATABASE_URL: database.url, ...temporal.env });
    });
    afterAll(async () => {
      await opened.close();
      await temporal.close();
      await database.close();
    });

    it('each page says that there is nothing, and fails in nothing', async () => {
      const page = await opened.signedIn('administrator');
      await inTabs(page, ADDRESSES, async (tab, { path, empty }) => {
        await tab.goto(path);
        await settled(tab);
        if (empty !== null) await tab.getByRole('main').getByText(empty).first().waitFor();
        expect({ path, alerts: await tab.getByRole('alert').allInnerTexts() }).toEqual({ path, alerts: [] });
      });
      expect(await opened.leave()).toEqual([]);
    });
  });
}
