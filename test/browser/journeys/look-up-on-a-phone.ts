import type { Page } from 'playwright-core';
import { type ConsoleHouse, enterOrder } from '../house';

/** On the way, with one hand. */
export function lookUpOnAPhone(house: () => ConsoleHouse): void {
  it('on a phone Today is read and an order looked up without scrolling sideways', async () => {
    const page = await house().console.signedIn('operator', 'moon', { isPhone: true });
    await enterOrder(page, 'b2b', 'PHONE-1', '길에서 찾는 주문의 아주 긴 딜 이름 [한정수량] 1+1');
    await page.goto('/');
    await page.getByRole('heading', { level: 2, name: '열린 할 일' }).waitFor();
    await expectNoSidewaysScroll(page);

    await page.getByRole('searchbox', { name: '주문 찾기' }).fill('5678');
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: /PHONE-1/u }).waitFor();
    await expectNoSidewaysScroll(page);
    await page.getByRole('link', { name: /PHONE-1/u }).click();
    await page.getByRole('heading', { level: 1, name: 'PHONE-1' }).waitFor();
    await expectNoSidewaysScroll(page);

    await page.getByRole('button', { name: '메뉴' }).click();
    await page.getByRole('link', { name: '주문', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: '주문' }).waitFor();
    await expectNoSidewaysScroll(page);
  });
}

async function expectNoSidewaysScroll(page: Page): Promise<void> {
  const beyond = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect({ at: page.url(), beyond }).toEqual({ at: page.url(), beyond: 0 });
}
