import type { Locator, Page } from 'playwright-core';
import { faultsNow } from './accessible';

/** What there is to find in each dialog that the page opens, and in how it opens and closes. */
export async function dialogFaultsOf(page: Page): Promise<string[]> {
  const faults: string[] = [];
  for (const opener of await openersOf(page)) {
    const name = await opener.textContent();
    const told = (fault: string) => `${new URL(page.url()).pathname}, ${name}: ${fault}`;
    await opener.click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await dialog.locator('.mantine-Loader-root').first().waitFor({ state: 'detached' });
    faults.push(...(await faultsNow(page)).map(told));
    if (!(await hasKeyboard(dialog))) faults.push(told('the keyboard is not in the dialog'));
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    if (!(await hasKeyboard(opener))) faults.push(told('the keyboard is not where it was before'));
  }
  return faults;
}

/** Itself, or something in it. */
async function hasKeyboard(element: Locator): Promise<boolean> {
  return element.evaluate((node) => node.contains(node.ownerDocument.activeElement));
}

/** Of those that say the same, as each row of a table has one, the first. */
async function openersOf(page: Page): Promise<Locator[]> {
  const all = await page.getByRole('main').locator('button[aria-haspopup="dialog"]:enabled').all();
  const named = new Map<string, Locator>();
  for (const opener of all) {
    const text = (await opener.textContent()) ?? '';
    if (!named.has(text) && (await opener.isVisible())) named.set(text, opener);
  }
  return [...named.values()];
}
