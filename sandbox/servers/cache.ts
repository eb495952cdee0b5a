import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { buildFolder } from './built-folder';
import { withLock } from './lock';
import type { Progress } from './progress';

/**
 * Where fetched servers are kept: outside the checkout, so that a fresh clone, `git clean` and several
 * worktrees need no second download.
 */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env['BOOSTA_CACHE_DIR']) return resolve(env['BOOSTA_CACHE_DIR']);
  return join(env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'boosta');
}

/** A thing that the cache can hold. */
export interface Installable {
  /** Name of its folder; with a version, so that a new version is fetched anew. */
  name: string;
  /** Fills an empty folder with it. */
  build(folder: string): Promise<void>;
  /** Rejects if what the folder holds does not work. */
  check(folder: string): Promise<unknown>;
  progress: Progress;
}

/**
 * Returns the folder of `thing`, building it first if it is not there or has been damaged. Two processes that
 * want it at once build it once.
 */
export async function installOnce(thing: Installable): Promise<string> {
  const target = join(cacheDir(), thing.name);
  if (await isWhole(thing, target)) return target;
  await mkdir(dirname(target), { recursive: true });
  await withLock(`${target}.lock`, thing.progress, async () => {
    // Another process may have built it while this one waited.
    if (await isWhole(thing, target)) return;
    if (existsSync(target)) thing.progress('what is in the cache does not work: fetching it anew');
    await rm(target, { recursive: true, force: true });
    await buildFolder(target, async (folder) => {
      await thing.build(folder);
      await thing.check(folder);
    });
  });
  return target;
}

async function isWhole(thing: Installable, folder: string): Promise<boolean> {
  if (!existsSync(folder)) return false;
  return thing.check(folder).then(
    () => true,
    () => false,
  );
}
