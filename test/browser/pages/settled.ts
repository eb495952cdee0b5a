import type { Page } from 'playwright-core';

/** Waits until all that the page reads has been read, or could not be. */
export async function settled(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).first().waitFor();
  await page.locator('main .mantine-Loader-root').first().waitFor({ state: 'detached' });
}

/** Goes to an address as a link in the page does: nothing is loaded anew. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate(
    `history.pushState(null, '', ${JSON.stringify(path)}); dispatchEvent(new PopStateEvent('popstate'))`,
  );
}
