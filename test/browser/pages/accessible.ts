import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { settled } from './settled';

/** What there is to find at an address, once it is there. */
export async function faultsOf(page: Page, path: string): Promise<string[]> {
  await page.goto(path);
  await settled(page);
  return faultsNow(page);
}

const SEVERE: readonly unknown[] = ['moderate', 'serious', 'critical'];

/** What axe takes for more than minor, and whether the page is wider than its window. */
export async function faultsNow(page: Page): Promise<string[]> {
  const path = new URL(page.url()).pathname;
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  const severe = violations.filter(({ impact }) => SEVERE.includes(impact));
  const faults = severe.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${path}: ${id}: ${html}`));
  const beyond = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  return beyond > 0 ? [...faults, `${path}: ${beyond} pixels too wide`] : faults;
}
