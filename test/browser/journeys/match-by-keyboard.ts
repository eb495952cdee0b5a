import type { Page } from 'playwright-core';
import { findOrder } from '../../../db/queries/orders';
import { eventually } from '../../support/eventually';
import { type ConsoleHouse, enterOrder } from '../house';

const DEALS = ['들기름 도시락김 특별 구성', '육개장 간편 특별 구성'];

/** Two deals nobody knows, decided without a mouse. */
export function matchByKeyboard(house: () => ConsoleHouse): void {
  it('whoever matches deals never leaves the keyboard: moves, skips, takes a candidate, finds one', async () => {
    const page = await house().console.signedIn('operator', 'kim');
    const keys: string[] = [];
    for (const [index, deal] of DEALS.entries())
      keys.push(await enterOrder(page, 'b2b', `KEY-${index}`, deal));
    await waiting(house(), keys);
    await page.goto('/matching');
    await page.locator('[data-key-row]').first().waitFor();

    await page.keyboard.press('ArrowDown');
    const first = await focusedDeal(page);
    await page.keyboard.press('s');
    await eventually(async () => expect(await focusedDeal(page)).toBe(DEALS.find((deal) => deal !== first)));
    await page.getByText('건너뜀').waitFor();

    // Enter on the deal goes to its candidates, on a candidate asks, and in the dialogue decides.
    await page.locator('[aria-current=true]').waitFor();
    await candidates(page);
    await page.keyboard.press('Enter');
    await eventually(async () => expect(await focusedRow(page)).toContain('·'));
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await eventually(async () => expect(await focusedDeal(page)).toBe(first));

    await candidates(page);
    await page.keyboard.press('/');
    await page.keyboard.type('C-SUP-Y5');
    await page.getByRole('option', { name: /^C-SUP-Y5 /u }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('모르는 딜이 없습니다', { exact: false }).first().waitFor();
    await eventually(async () => {
      const orders = await Promise.all(keys.map((key) => findOrder(house().database.db, key)));
      expect(orders.map((order) => order?.waiting)).toEqual([null, null]);
    });
  });
}

async function waiting({ database: { db } }: ConsoleHouse, keys: readonly string[]): Promise<void> {
  await eventually(async () => {
    const orders = await Promise.all(keys.map((key) => findOrder(db, key)));
    expect(orders.map((order) => order?.waiting)).toEqual(keys.map(() => 'unknown_deal'));
  });
}

/** What the deal that is looked at may stand for has been read. */
async function candidates(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 3, name: '후보' }).waitFor();
}

async function focusedDeal(page: Page): Promise<string | undefined> {
  const row = await focusedRow(page);
  return DEALS.find((deal) => row.includes(deal));
}

function focusedRow(page: Page): Promise<string> {
  return page.evaluate<string>(`document.activeElement?.closest('[data-key-row]')?.textContent ?? ''`);
}
