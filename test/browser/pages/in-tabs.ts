import type { Page } from 'playwright-core';

/** As many as do not slow each other down on two cores. */
const TABS = 4;

/** Does something for each thing, in several tabs of one browser: most of the time goes by waiting. */
export async function inTabs<T>(
  page: Page,
  things: readonly T[],
  work: (tab: Page, thing: T) => Promise<void>,
  prepare: (tab: Page) => Promise<void> = async () => undefined,
): Promise<void> {
  const tabs = [page];
  while (tabs.length < TABS) tabs.push(await page.context().newPage());
  for (const tab of tabs) await prepare(tab);
  await Promise.all(
    tabs.map(async (tab, index) => {
      for (const thing of things.filter((_, at) => at % TABS === index)) await work(tab, thing);
    }),
  );
  for (const tab of tabs) if (tab !== page) await tab.close();
}
