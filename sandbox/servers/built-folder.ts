import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Builds a folder beside its place and renames it when all is done: whenever a process is killed, a half-built
 * folder is never taken for a whole one.
 */
export async function buildFolder(target: string, build: (folder: string) => Promise<void>): Promise<void> {
  await mkdir(dirname(target), { recursive: true });
  await removeLeftOvers(target);
  const building = await mkdtemp(`${target}${SUFFIX}`);
  try {
    await build(building);
    await renameUnlessThere(building, target);
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

const SUFFIX = '.building-';

/** Half-built folders of killed processes; what an orphaned tool still writes to is left for the next time. */
async function removeLeftOvers(target: string): Promise<void> {
  for (const entry of await readdir(dirname(target))) {
    if (!entry.startsWith(`${basename(target)}${SUFFIX}`)) continue;
    await rm(join(dirname(target), entry), { recursive: true, force: true }).catch(() => undefined);
  }
}

async function renameUnlessThere(from: string, to: string): Promise<void> {
  try {
    await rename(from, to);
  } catch (error) {
    // Another process has finished the same work meanwhile.
    if (!existsSync(to)) throw error;
  }
}
