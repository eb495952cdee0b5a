import { syncStock } from '../../../activities/sync-stock';
import { dispatchesOf } from '../../../db/queries/dispatches';
import { saveMatch } from '../../../db/queries/match-versions';
import { findOrder } from '../../../db/queries/orders';
import { saveRoute } from '../../../db/queries/routes';
import { tasksOfOrder } from '../../../db/queries/tasks';
import { inTransaction } from '../../../db/transaction';
import { liveOf, strike } from '../../activities/dispatch-oracle';
import { eventually } from '../../support/eventually';
import { type ConsoleHouse, enterOrder } from '../house';

const DEAL = { channel: 'livemarket', deal: '모담뜰 육개장 5팩', option: '' };

/** A warehouse that cannot be asked has lost an answer. */
export function unknownDispatch(house: () => ConsoleHouse): void {
  it('a dispatch of which nobody knows whether it was received is settled on its evidence, and ships once', async () => {
    await toPoomgo(house());
    const page = await house().console.signedIn('operator', 'park');
    await strike(house(), 'poomgo', { kind: 'timeout-before' });
    const key = await enterOrder(page, DEAL.channel, 'LOST-1', DEAL.deal);
    const { db } = house().database;
    // Before that the request may still be on its way there, and nobody's word is taken.
    await eventually(
      async () =>
        expect(await tasksOfOrder(db, key)).toMatchObject([{ kind: 'unknown_outcome', closedAt: null }]),
      { withinMs: 60_000 },
    );
    await page.goto('/dispatch/unknown');
    await page.getByRole('link', { name: `근거 보기 ${key}` }).click();

    const card = page.getByRole('region').filter({ hasText: '결과 불명' });
    await card.getByText('unknown', { exact: true }).waitFor();
    await card.getByText('보낸 내용').first().click();
    const told = await card.locator('pre').first().innerText();
    expect(told).not.toContain('김하늘');
    await house().admin('poomgo', 'DELETE', '/faults');
    await card.getByRole('button', { name: '접수 안 됨' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('WMS에 이 주문이 없습니다.', { exact: false }).waitFor();
    await dialog.getByRole('textbox', { name: '사유' }).fill('품고 화면에서 확인');
    await dialog.getByRole('button', { name: '접수 안 됨' }).click();

    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => {
      const states = (await dispatchesOf(db, key)).map(({ state }) => state);
      expect(states).toEqual(['superseded', 'accepted']);
    });
    expect(await liveOf(house(), key)).toHaveLength(1);
    expect((await findOrder(db, key))?.waiting).toBeNull();
    expect(await tasksOfOrder(db, key)).toMatchObject([{ kind: 'unknown_outcome', closedBy: 'park' }]);
  });
}

/** Its orders go to the warehouse that keeps no list by our codes. */
async function toPoomgo(house: ConsoleHouse): Promise<void> {
  const { database } = house;
  await database.pool.query(
    `update connection set settings = json_set(settings, '$.takenInWithinSeconds', 1) where id = 'poomgo'`,
  );
  await saveRoute(database.db, { channel: DEAL.channel, wms: 'poomgo', validFrom: new Date(0) });
  await syncStock(house.deps, 'poomgo');
  await inTransaction(database, (tx) => saveMatch(tx, DEAL, 'C-SUP-Y5', { by: 'park', reason: '표기대로' }));
}
