import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { OpenedConsole } from '../../support/console';
import type { ConsoleHouse } from '../house';
import { ADDRESSES } from './addresses';
import { goWithin, settled } from './settled';

/** Those that read something. */
const READING = ADDRESSES.map(({ path }) => path).filter((path) => !/(new|try|shadow|password)$/u.test(path));
/** Few enough that the page does not forget the first of them, after five minutes, before it is back there. */
const AT_A_TIME = 11;
const READS_NOTHING = '/settings/password';
/** The browser tries each read twice, a second apart. */
const PATIENCE_MS = 600_000;
const FAILED = '불러오지 못했습니다';
const STALE = '최신 정보가 아닐 수 있습니다';

/** The API's process ends under the people who are at their pages, and is started again. */
export function serverAway(house: () => ConsoleHouse): void {
  it(
    'each page says that the server does not answer or that it may be out of date, and recovers by itself',
    async () => {
      const { console: opened } = house();
      const page = await opened.signedIn('administrator', 'patient');
      await page.goto(READS_NOTHING);
      await settled(page);
      await loadAllPages(page);

      for (let first = 0; first < READING.length; first += AT_A_TIME)
        await goesAndComes(opened, page, READING.slice(first, first + AT_A_TIME));
    },
    PATIENCE_MS,
  );

  it('a page that was not loaded before the server went says so, and is there after a reload', async () => {
    const { console: opened } = house();
    const page = await opened.signedIn('viewer', 'late');
    await page.goto('/orders');
    await settled(page);
    await opened.stopApi();
    await page.getByRole('link', { name: '매출', exact: true }).click();
    await page.getByRole('alert').filter({ hasText: '페이지를 열지 못했습니다' }).waitFor();
    await opened.startApi();
    await page.getByRole('button', { name: '새로 고침' }).click();
    await page.getByRole('heading', { level: 1, name: '매출' }).waitFor();
  });
}

async function goesAndComes(opened: OpenedConsole, page: Page, paths: readonly string[]): Promise<void> {
  await opened.stopApi();
  for (const path of paths) {
    await goWithin(page, path);
    await page.getByRole('alert').filter({ hasText: FAILED }).first().waitFor();
  }
  await opened.startApi();
  await page.getByText(FAILED).first().waitFor({ state: 'hidden' });
  for (const path of paths) {
    await goWithin(page, path);
    await settled(page);
    expect({ path, failed: await page.getByText(FAILED).count() }).toEqual({ path, failed: 0 });
  }
  await goWithin(page, READS_NOTHING);
  await opened.stopApi();
  for (const path of paths) {
    await goWithin(page, path);
    await page.getByRole('status').filter({ hasText: STALE }).first().waitFor();
  }
  await opened.startApi();
  await page.getByText(STALE).first().waitFor({ state: 'hidden' });
}

/** As if somebody had been on every page, without what they read. */
async function loadAllPages(page: Page): Promise<void> {
  const assets = readdirSync(join(__dirname, '../../../dist/client/console-files/assets'));
  const modules = assets.filter((name) => name.endsWith('.js')).map((name) => `/assets/${name}`);
  await page.evaluate(`Promise.all(${JSON.stringify(modules)}.map((name) => import(name)))`);
}
