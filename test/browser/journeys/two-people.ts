import type { Page } from 'playwright-core';
import { versionsOf } from '../../../db/queries/match-versions';
import { findOrder } from '../../../db/queries/orders';
import { dealKey } from '../../../domain/deal';
import { eventually } from '../../support/eventually';
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

/** One has taken it up; the other takes it over, and later confirms what the channel has changed of it. */
export function oneTakesOver(house: () => ConsoleHouse): void {
  it('a deal that one has taken up is taken over by another, and waits again once its price has changed', async () => {
    const { db } = house().database;
    const waitingOf = async (key: string) => (await findOrder(db, key))?.waiting;
    const first = await house().console.signedIn('operator', 'kang');
    const second = await house().console.signedIn('operator', 'yoon');
    const order = await enterOrder(first, 'b2b', 'TAKEN-1', TAKEN);
    await eventually(async () => expect(await waitingOf(order)).toBe('unknown_deal'));
    await openInQueue(first);
    await first.getByText('내가 맡은 딜').first().waitFor();

    await openInQueue(second);
    await second.getByText('kang 님이 보고 있습니다').first().waitFor();
    expect(await second.getByRole('combobox', { name: '구성안 찾기' }).count()).toBe(0);
    await second.getByRole('button', { name: '넘겨받기' }).click();
    await second.getByRole('combobox', { name: '구성안 찾기' }).fill('C-SUP-Y5');
    await second.getByRole('option', { name: /^C-SUP-Y5 /u }).click();
    await confirm(second);
    await eventually(async () => expect(await waitingOf(order)).toBeNull());

    const dearer = await enterOrder(first, 'b2b', 'TAKEN-2', TAKEN, '59800');
    await eventually(async () => expect(await waitingOf(dearer)).toBe('deal_changed'));
    await openInQueue(second);
    await second.getByRole('table', { name: '채널이 이 딜을 바꿨습니다' }).getByText('59,800').waitFor();
    await second.getByRole('button', { name: '그대로 C-SUP-Y5' }).click();
    const dialog = second.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '사유' }).fill('가격 인상');
    await dialog.getByRole('button', { name: '그대로 C-SUP-Y5' }).click();
    await eventually(async () => expect(await waitingOf(dearer)).toBeNull());
  });
}

const TAKEN = '넘겨받는 딜';

async function openInQueue(page: Page): Promise<void> {
  await page.goto('/matching');
  await page.getByRole('button', { name: TAKEN }).click();
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
