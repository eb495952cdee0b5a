import { saveMatch } from '../../../db/queries/match-versions';
import { inTransaction } from '../../../db/transaction';
import { giving } from '../../support/gift-rules';
import { type ConsoleHouse, enterOrder } from '../house';

const DEAL = { channel: 'groupbuy', deal: '공구 김 세트', option: '' };

/** A customer asks why the gift of the campaign was not in the box. */
export function explainGifts(house: () => ConsoleHouse): void {
  it('whoever is asked about a gift reads on the order what it was given, and why not the rest', async () => {
    const { database, console } = house();
    await inTransaction(database, (tx) => saveMatch(tx, DEAL, 'C-KIM-4', { by: 'kim', reason: 'looked' }));
    const { channel } = DEAL;
    await giving(database, { name: '공구 키링', channel });
    await giving(database, { name: '큰손 컵', channel, amountFrom: 1_000_000n });
    const page = await console.signedIn('viewer', 'cho');
    const operator = await console.signedIn('operator', 'ahn');
    const key = await enterOrder(operator, channel, 'GIFT-1', DEAL.deal);

    await page.goto(`/orders/${key}`);
    const gifts = page.getByRole('region', { name: '사은품' });
    await gifts.getByText('공구 키링 · C-KIM-1 × 1').waitFor();
    await gifts.getByText('큰손 컵: 금액 부족').waitFor();
    await page.getByText('EN', { exact: true }).click();
    await page.getByRole('region', { name: 'Gifts' }).getByText('큰손 컵: too little paid').waitFor();
  });
}
