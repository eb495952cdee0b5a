import { saveMatch } from '../../../db/queries/match-versions';
import { findOrder } from '../../../db/queries/orders';
import { inTransaction } from '../../../db/transaction';
import { send } from '../../support/console';
import { eventually } from '../../support/eventually';
import { type ConsoleHouse, enterOrder } from '../house';

const DEAL = { channel: 'kakao', deal: '쿠폰 주간 김 세트', option: '' };
const RULE = { cutOffMinutes: 840, shipWithinDays: 2, stockBuffer: 0, driftPercent: 10, reason: '채널 약관' };
const LOOKED = { by: 'kim', reason: 'looked' };

/** A week of coupons: the prices of one channel go up and down. */
export function setChannelRule(house: () => ConsoleHouse): void {
  it('whoever lets the prices of a channel change by more sees its orders go on by themselves', async () => {
    const { database, console } = house();
    const waitingOf = async (key: string) => (await findOrder(database.db, key))?.waiting;
    const prices = { from: 19_800n, to: 19_800n };
    await inTransaction(database, (tx) => saveMatch(tx, DEAL, 'C-KIM-4', LOOKED, { prices }));
    const page = await console.signedIn('manager', 'shim');
    const { status } = await send(page, 'PUT', `/api/collection/channels/${DEAL.channel}/rule`, RULE);
    expect(status).toBe(200);
    const order = await enterOrder(page, DEAL.channel, 'COUPON-1', DEAL.deal, '14800');
    await eventually(async () => expect(await waitingOf(order)).toBe('deal_changed'));

    await page.goto('/collection/channels');
    const row = page.getByRole('row', { name: /^kakao/u });
    await row.getByText('가격 ±10%').waitFor();
    await row.getByRole('button', { name: '기준 정하기' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: '가격 변동 허용' }).fill('30');
    await dialog.getByRole('textbox', { name: '사유' }).fill('쿠폰 주간');
    await dialog.getByRole('button', { name: '정하기' }).click();
    await row.getByText('가격 ±30%').waitFor();
    await eventually(async () => expect(await waitingOf(order)).toBeNull());
  });
}
