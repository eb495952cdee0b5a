import type { Page } from 'playwright-core';
import { CONSOLE_PAGES } from '../../../client/api/contract/pages';
import { saveTemplate } from '../../../client/use-cases/import-templates';
import { knownDeals } from '../../../db/queries/deals';
import { dispatch, order } from '../../../db/schema';
import { CONNECTIONS } from '../../../sandbox/seed';
import { send } from '../../support/console';
import { eventually } from '../../support/eventually';
import { B2B, csv, line } from '../../support/order-files';
import { type ConsoleHouse, enterOrder } from '../house';
import { faultsNow, faultsOf } from './accessible';
import { ADDRESSES } from './addresses';
import { dialogFaultsOf } from './dialogs';
import { PICTURES_ASKED, takePicture } from './picture';
import { settled } from './settled';

/** Some forty pages, one after the other. */
const PATIENCE_MS = 600_000;

/** Each page in both languages; its picture where somebody has asked for it. */
export function eachPage(house: () => ConsoleHouse): void {
  beforeAll(() => aDay(house()));

  it.each(['ko', 'en'] as const)(
    'each page and each dialog has no fault of weight for axe and fits its window, in %s',
    async (language) => {
      const page = await house().console.signedIn('administrator', `axe-${language}`, { language });
      const things = await thingsToSee(house(), page, language);
      const faults: string[] = [];
      for (const path of [...ADDRESSES.map((address) => address.path), ...Object.values(things)])
        faults.push(...(await faultsOf(page, path)), ...(await dialogFaultsOf(page)));
      expect(faults).toEqual([]);
    },
    PATIENCE_MS,
  );

  it('each section that the navigation leads to is among them', async () => {
    const page = await house().console.signedIn('administrator', 'wanderer');
    const known = ADDRESSES.map(({ path }) => withoutQuery(path));
    expect((await sectionsOf(page)).filter((path) => !known.includes(path))).toEqual([]);
  });

  it('what was done is said in a corner, by axe too, and closed by its name', async () => {
    const page = await house().console.signedIn('operator', 'holder');
    await page.goto(`/orders/${await enterOrder(page, 'b2b', 'HOLD-1', '아직 모르는 딜')}`);
    await page.getByRole('button', { name: '보류', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '사유' }).fill('고객 요청');
    await dialog.getByRole('button', { name: '보류', exact: true }).click();
    const notice = page.getByRole('alert').filter({ hasText: '처리했습니다' });
    await notice.waitFor();
    await dialog.waitFor({ state: 'detached' });
    expect(await faultsNow(page)).toEqual([]);
    await notice.getByRole('button', { name: '닫기' }).click();
    await notice.waitFor({ state: 'detached' });
  });

  it('the sign-in has no fault of weight for axe', async () => {
    const page = await house().console.visit();
    expect(await faultsOf(page, '/')).toEqual([]);
  });

  if (!PICTURES_ASKED) return;

  it(
    'each page has its picture taken',
    async () => {
      const page = await house().console.signedIn('administrator', 'photographer');
      const things = await thingsToSee(house(), page, 'picture');
      for (const { path } of ADDRESSES) await takePicture(page, path, nameOf(path));
      for (const [name, path] of Object.entries(things)) await takePicture(page, path, name);
    },
    PATIENCE_MS,
  );
}

/** Pictures are to show more than a test has to. */
const DAY = { seed: 7, orders: PICTURES_ASKED ? 120 : 12, overSeconds: 0, channels: ['gmarket', 'auction'] };

/** Orders that come in and leave, as far as their deals are known. */
async function aDay(house: ConsoleHouse): Promise<void> {
  const { db } = house.database;
  await house.admin('hub', 'POST', '/days', DAY);
  await (await house.collect(CONNECTIONS.source)).result();
  await eventually(
    async () => {
      const orders = await db.select().from(order);
      const moving = orders.filter(({ stage, waiting }) => !isAtRest(stage) && waiting === null);
      expect(moving.map(({ key, stage }) => [key, stage])).toEqual([]);
    },
    { withinMs: 120_000, everyMs: 500 },
  );
}

function isAtRest(stage: string): boolean {
  return stage === 'done' || stage === 'cancelled';
}

function withoutQuery(path: string): string {
  return path.split('?')[0] ?? path;
}

/** Where the pages' sections lead, one after the other, as the pages themselves have them. */
async function sectionsOf(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const name of CONSOLE_PAGES) {
    await page.goto(`/${name}`);
    await settled(page);
    const sections = await page.getByRole('main').getByRole('tab').all();
    if (sections.length === 0) found.push(`/${name}`);
    for (const section of sections) {
      await section.click();
      await settled(page);
      found.push(new URL(page.url()).pathname);
    }
  }
  return found;
}

function nameOf(path: string): string {
  const plain = withoutQuery(path);
  return plain === '/' ? 'today' : plain.slice(1).replaceAll('/', '-');
}

/** The addresses of things that somebody has made, by the names of their pictures. */
async function thingsToSee(
  { database }: ConsoleHouse,
  page: Page,
  name: string,
): Promise<Record<string, string>> {
  await saveTemplate(database, B2B, { by: 'test', reason: '거래처 양식' });
  const key = await enterOrder(page, 'b2b', `SEE-${name}`, '아직 모르는 딜');
  const bad = await draftOf(page, csv(line({ orderNumber: `BAD-${name}`, quantity: '두개', postcode: '' })));
  const good = await draftOf(page, csv(line({ orderNumber: `GOOD-${name}` })));
  const body = { version: good.version, validRowsOnly: false };
  const taken = await send(page, 'POST', `/api/uploads/drafts/${good.id}/commit`, body);
  const [known] = await knownDeals(database.db);
  const [sent] = await database.db.select({ key: dispatch.leadOrderKey }).from(dispatch).limit(1);
  return {
    order: `/orders/${key}`,
    deal: `/matching/deals/${known?.dealKey}`,
    item: '/catalogue/items/MD-KIM-01',
    configuration: '/catalogue/configurations/C-KIM-MIX',
    'upload-draft': `/upload/drafts/${bad.id}`,
    uploaded: `/upload/${taken.body.uploadId}`,
    evidence: `/dispatch/unknown/${sent?.key}`,
    'stock-item': '/stock/items/fulfillment/MD-KIM-01',
  };
}

async function draftOf(page: Page, bytes: Buffer): Promise<{ id: number; version: number }> {
  const { body } = await send(page, 'POST', '/api/uploads/drafts?fileName=orders.csv', bytes);
  return body;
}
