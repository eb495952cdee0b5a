import { saveTemplate } from '../../../client/use-cases/import-templates';
import { findOrder } from '../../../db/queries/orders';
import { B2B, csv, line } from '../../support/order-files';
import type { ConsoleHouse } from '../house';

/** A file with two bad cells, mended where they stand. */
export function uploadWithErrors(house: () => ConsoleHouse): void {
  it('a file with errors is mended in the grid, checked again and taken in whole', async () => {
    const { database } = house();
    await saveTemplate(database, B2B, { by: 'lee', reason: '거래처 양식' });
    const page = await house().console.signedIn('operator', 'lee');
    await page.goto('/upload');
    await page.getByRole('button', { name: '파일 선택' }).waitFor();
    const bytes = csv(
      line({ orderNumber: 'UP-1' }),
      line({ orderNumber: 'UP-2', quantity: '두개', postcode: '' }),
      line({ orderNumber: 'UP-3' }),
    );
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '한빛 발주서.csv', mimeType: 'text/csv', buffer: bytes });

    await page.getByRole('heading', { level: 1, name: '한빛 발주서.csv' }).waitFor();
    await page.getByText('정수여야 하는데').waitFor();
    expect(await page.getByRole('button', { name: '모두 받기' }).isDisabled()).toBe(true);
    expect(await findOrder(database.db, 'b2b/UP-1')).toBeUndefined();
    await page.getByLabel('3행 수량').fill('2');
    await page.getByLabel('3행 우편번호').fill('06236');
    await page.getByText('고친 셀 2개').waitFor();
    await page.getByRole('button', { name: '다시 검사' }).click();
    await page.getByText('모든 행에 문제가 없습니다').waitFor();
    await page.getByRole('button', { name: '모두 받기' }).click();

    await page.getByText('파일을 받았습니다').waitFor();
    await page.getByRole('link', { name: 'b2b/UP-2' }).waitFor();
    for (const number of ['UP-1', 'UP-2', 'UP-3'])
      expect(await findOrder(database.db, `b2b/${number}`)).toMatchObject({ channel: 'b2b' });
  });
}
