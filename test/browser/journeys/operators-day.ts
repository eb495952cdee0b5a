import type { Page } from 'playwright-core';
import { existingOrderKeys, findOrder } from '../../../db/queries/orders';
import { newDeals } from '../../../sandbox/catalogue';
import { CONNECTIONS } from '../../../sandbox/seed';
import { eventually } from '../../support/eventually';
import type { ConsoleHouse } from '../house';

/** All of it goes to the WMS that is watched. */
const DAY = { seed: 22_061, orders: 30, overSeconds: 0, channels: ['gmarket', 'auction'] };

/** From the first sign-in there ever was to the day's sales. */
export function operatorsDay(house: () => ConsoleHouse): void {
  it('the administrator of the first start lets in an operator, whose day ends with its sales', async () => {
    const page = await house().console.visit();
    await signIn(page, 'admin', house().console.firstPassword);
    await page.getByText('사람이 할 일이 없습니다.').first().waitFor();
    const password = await invite(page, 'minji');
    await page.getByRole('button', { name: '로그아웃' }).click();
    await page.getByRole('button', { name: '로그인' }).waitFor();

    await signIn(page, 'minji', password);
    await house().admin('hub', 'POST', '/days', DAY);
    await house().collect(CONNECTIONS.source);
    // Nobody reloads anything: the page is told.
    await page.getByRole('link', { name: /모르는 딜/u }).click();
    await page.getByRole('heading', { level: 1, name: '매칭' }).waitFor();
    await matchAll(page);
    await everyOrderDone(house());

    const number = await oneOrderNumber(house());
    await page.getByRole('searchbox', { name: '주문 찾기' }).fill(number);
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: number }).click();
    await page.getByRole('heading', { level: 1, name: number }).waitFor();

    await page.getByRole('link', { name: '매출', exact: true }).click();
    await page
      .getByText(await bookedWon(house()))
      .first()
      .waitFor();
  });
}

async function signIn(page: Page, name: string, password: string): Promise<void> {
  await page.goto('/');
  await page.getByRole('textbox', { name: '사용자' }).fill(name);
  await page.locator('input[type=password]').fill(password);
  await page.getByRole('button', { name: '로그인' }).click();
  await page.getByRole('heading', { level: 1, name: '오늘' }).waitFor();
}

/** @returns the password to begin with, as it is shown once. */
async function invite(page: Page, name: string): Promise<string> {
  await page.getByRole('link', { name: '설정' }).click();
  await page.getByRole('tab', { name: '사용자' }).click();
  await page.getByRole('button', { name: '사용자 추가' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: '이름' }).fill(name);
  await dialog.getByRole('textbox', { name: '사유' }).fill('팀 합류');
  await dialog.getByRole('button', { name: '저장' }).click();
  const password = await page.getByRole('dialog').locator('pre').innerText();
  await page.getByRole('button', { name: '닫기' }).last().click();
  return password;
}

/** Decides each deal of the queue by finding what the brand sells it as. */
async function matchAll(page: Page): Promise<void> {
  const queue = page.locator('[data-key-row][aria-current]');
  await queue.first().waitFor();
  for (let left = await queue.count(); left > 0; left -= 1) {
    const wording = await page.getByRole('heading', { level: 2 }).first().innerText();
    const { configurationCode } = newDeals.find(({ deal }) => deal === wording) ?? { configurationCode: '?' };
    await page.getByRole('combobox', { name: '구성안 찾기' }).fill(configurationCode);
    await page.getByRole('option', { name: new RegExp(`^${configurationCode} `, 'u') }).click();
    await page.getByRole('button', { name: '이 구성안으로 정하기' }).click();
    await queue.filter({ hasText: wording }).waitFor({ state: 'detached' });
  }
  await page.getByText('모르는 딜이 없습니다', { exact: false }).first().waitFor();
}

async function everyOrderDone({ database: { db } }: ConsoleHouse): Promise<void> {
  await eventually(
    async () => {
      const keys = [...(await existingOrderKeys(db))];
      const orders = await Promise.all(keys.map((key) => findOrder(db, key)));
      const open = orders.filter((order) => order?.stage !== 'done' && order?.stage !== 'cancelled');
      expect(open.map((order) => [order?.key, order?.stage, order?.waiting])).toEqual([]);
      expect(keys.length).toBeGreaterThan(0);
    },
    { withinMs: 90_000, everyMs: 500 },
  );
}

async function oneOrderNumber({ database: { db } }: ConsoleHouse): Promise<string> {
  const [key = ''] = await existingOrderKeys(db);
  return (await findOrder(db, key))?.orderNumber ?? '';
}

/** What the ledger has, as the page writes it. */
async function bookedWon({ database: { pool } }: ConsoleHouse): Promise<string> {
  const [rows] = await pool.query('select cast(sum(amount) as char) as won from sale');
  return BigInt((rows as { won: string }[])[0]?.won ?? '0').toLocaleString('ko-KR');
}
