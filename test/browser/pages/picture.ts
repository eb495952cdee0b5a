import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { settled } from './settled';

const FOLDER = join(__dirname, '../../../docs/pictures');

/** Whether the pictures in docs/ are to be made anew. */
export const PICTURES_ASKED = process.env['BOOSTA_PICTURES'] === '1';

/** Takes a page's picture into docs/pictures. */
export async function takePicture(page: Page, path: string, name: string): Promise<void> {
  await page.goto(path);
  await settled(page);
  await drawn(page);
  await page.screenshot({ path: join(FOLDER, `${name}.png`), animations: 'disabled' });
}

/** What draws the charts is loaded when the first one is shown, and draws in the next frame. */
async function drawn(page: Page): Promise<void> {
  for (const chart of await page.getByRole('figure').all()) await chart.locator('canvas').waitFor();
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}
