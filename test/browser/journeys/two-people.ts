import type { Page } from 'playwright-core';
import { versionsOf } from '../../../db/queries/match-versions';
import { dealKey } from '../../../domain/deal';
import { type ConsoleHouse, enterOrder } from '../house';

const DEAL = { channel: 'b2b', deal: '둘이 보는 딜', option: '' };
const KEY = dealKey(DEAL);

/** Both have it open; the first one decides. */
export function twoPeople(house: () => ConsoleHouse): void {
  it('of two people on one deal the second is told of the first, and overwrites nothing', async () => {
    const first = await house().console.signedIn('operator', 'choi');
    const second = await house().console.signedIn('operator', 'jung');
    await enterOrder(first, DEAL.channel, 'BOTH-1', DEAL.deal);
    await choose(first, 'C-SUP-Y5');
    await choose(second, 'C-TEA-SET');
    await confirm(first);
    await first.getByRole('cell', { name: 'C-SUP-Y5' }).waitFor();

    await confirm(second);
    await second.getByRole('alert').filter({ hasText: '저장되지 않았습니다' }).waitFor();
    await second.getByRole('cell', { name: 'C-SUP-Y5' }).waitFor();
    await second.getByRole('cell', { name: 'choi' }).waitFor();
    expect(await versionsOf(house().database.db, KEY)).toMatchObject([
      { version: 1, configuration: 'C-SUP-Y5', madeBy: 'choi' },
    ]);
  });
}

async function choose(page: Page, configuration: string): Promise<void> {
  await page.goto(`/matching/deals/${KEY}`);
  await page.getByRole('combobox', { name: '구성안 찾기' }).fill(configuration);
  await page.getByRole('option', { name: new RegExp(`^${configuration} `, 'u') }).click();
  await page.getByRole('dialog').waitFor();
}

async function confirm(page: Page): Promise<void> {
  await page.getByRole('button', { name: '이 구성안으로 정하기' }).click();
}
