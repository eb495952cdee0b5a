import type { Page } from 'playwright-core';
import type { ConsoleHouse } from '../house';

export function languageSwitch(house: () => ConsoleHouse): void {
  it('the console is Korean until somebody switches to English, which this browser remembers', async () => {
    const page = await house().console.visit();
    await page.goto('/');
    await page.getByRole('heading', { level: 1, name: 'Boosta에 로그인' }).waitFor();
    const signedIn = await house().console.signedIn('viewer', 'ryu');
    await signedIn.goto('/orders');
    await signedIn.getByRole('heading', { level: 1, name: '주문' }).waitFor();
    expect(await language(signedIn)).toBe('ko');

    await signedIn.getByText('EN', { exact: true }).click();
    await signedIn.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await signedIn.getByRole('link', { name: 'Sales', exact: true }).waitFor();
    expect(await language(signedIn)).toBe('en');
    await signedIn.reload();
    await signedIn.getByRole('heading', { level: 1, name: 'Orders' }).waitFor();
    await signedIn.getByText('한국어', { exact: true }).click();
    await signedIn.getByRole('heading', { level: 1, name: '주문' }).waitFor();
  });
}

function language(page: Page): Promise<string | null> {
  return page.locator('html').getAttribute('lang');
}
