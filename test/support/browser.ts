import { existsSync } from 'node:fs';
import { chmod, readdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import type { Progress } from '../../sandbox/servers';
import { installOnce } from '../../sandbox/servers/cache';
import { unpackFromDebian } from '../../sandbox/servers/debian-packages';
import { reasonOf } from '../../sandbox/servers/explain';
import { fetchFromFirst, type Source } from '../../sandbox/servers/first-source';
import { findOnPath, run } from '../../sandbox/servers/run';
import { abortWhenStalled } from '../../sandbox/servers/stalled';

/** No browser on this machine and none can be fetched; the message tells a person what to do. */
export class BrowserUnavailable extends Error {
  override readonly name = 'BrowserUnavailable';
  constructor(cause: unknown) {
    super(
      `No browser can be had on this machine (${reasonOf(cause)}): install Chromium or Chrome, or name one by BOOSTA_BROWSER.`,
      { cause },
    );
  }
}

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];

/**
 * Finds a Chromium, fetching one if need be: `BOOSTA_BROWSER`, PATH, the one that playwright has downloaded before,
 * the cache, then whichever source answers first.
 *
 * @returns its path.
 */
export async function ensureBrowser(progress: Progress): Promise<string> {
  const say: Progress = (line) => progress(`Browser: ${line}`);
  const named = process.env['BOOSTA_BROWSER'];
  // Whoever names one means it: nothing else takes its place.
  if (named !== undefined && named !== '') return checked(named).catch(unavailable);
  for (const name of NAMES) {
    const own = await findOnPath(name);
    if (own !== undefined && (await runs(own, say))) return own;
  }
  const downloaded = chromium.executablePath();
  if (existsSync(downloaded) && (await runs(downloaded, say))) return downloaded;
  const folder = await installOnce({
    name: 'chromium-playwright-1.65',
    build: (building) => fetchFromFirst(sourcesFor(building, say), building, say),
    check: (built) => checked(join(built, LAUNCHER)),
    progress: say,
  }).catch(unavailable);
  return join(folder, LAUNCHER);
}

function unavailable(cause: unknown): never {
  throw new BrowserUnavailable(cause);
}

/** Runs what was fetched, wherever in its folder that is. */
const LAUNCHER = 'browser';

async function checked(browser: string): Promise<string> {
  await run(browser, ['--version']);
  return browser;
}

async function runs(browser: string, say: Progress): Promise<boolean> {
  return checked(browser).then(
    () => true,
    (error: unknown) => {
      say(`not using ${browser} (${reasonOf(error)})`);
      return false;
    },
  );
}

function sourcesFor(folder: string, say: Progress): Source[] {
  return [
    { what: "playwright's own download", fetch: (scratch) => downloadByPlaywright(scratch, folder) },
    { what: "Debian's packages", fetch: () => unpackDebian(folder, say) },
  ];
}

/** Its download is of one build for this version of playwright, checked by it. */
async function downloadByPlaywright(scratch: string, folder: string): Promise<void> {
  const cli = join(require.resolve('playwright-core/package.json'), '..', 'cli.js');
  const env = { PLAYWRIGHT_BROWSERS_PATH: join(folder, 'playwright'), TMPDIR: scratch };
  const stalled = abortWhenStalled(scratch);
  try {
    await run(process.execPath, [cli, 'install', 'chromium-headless-shell'], { env, signal: stalled.signal });
  } finally {
    stalled.stop();
  }
  const files = await readdir(join(folder, 'playwright'), { recursive: true });
  const shell = files.find((file) => /[/\\](chrome-)?headless[-_]shell(\.exe)?$/u.test(file));
  if (shell === undefined) throw new Error('playwright kept its download elsewhere');
  await writeLauncher(folder, join('playwright', shell));
}

/** The libraries are of the release that this machine runs, so that its own libc suits them. */
async function unpackDebian(folder: string, say: Progress): Promise<void> {
  const skip = (deb: string) => /^(libc6|libc-bin|dpkg|bash|perl)/.test(deb);
  const root = await unpackFromDebian({ name: 'chromium', suite: 'own', skip }, folder, say);
  const lib = join(root, 'usr', 'lib');
  const triplet = (await readdir(lib)).find((name) => name.endsWith('-linux-gnu'));
  if (triplet === undefined) throw new Error(`no library folder in ${lib}`);
  const libraries = ['usr/lib', 'lib'].map((place) => `"$here/root/${place}/${triplet}"`).join(':');
  const also = `"$here/root/usr/lib/${triplet}/pulseaudio"`;
  await writeLauncher(folder, 'root/usr/lib/chromium/chromium', `LD_LIBRARY_PATH=${libraries}:${also} `);
}

/** The folder is renamed when it is whole: the launcher finds the rest from where it stands. */
async function writeLauncher(folder: string, browser: string, variables = ''): Promise<void> {
  const script = `#!/bin/sh\nhere=$(dirname "$(readlink -f "$0")")\n${variables}exec "$here/${browser}" "$@"\n`;
  const launcher = join(folder, LAUNCHER);
  await writeFile(`${launcher}.new`, script);
  await chmod(`${launcher}.new`, 0o755);
  await rename(`${launcher}.new`, launcher);
  // One that lacks a library of the system is no delivery: the next source has its turn.
  await checked(launcher);
}
