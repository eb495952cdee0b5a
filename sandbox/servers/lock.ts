import { randomUUID } from 'node:crypto';
import { readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { errorCode } from './error-code';
import type { Progress } from './progress';

const HEARTBEAT_MS = 1_000;
/** Five missed heartbeats: the holder was killed. Process ids would lie across containers that share a cache. */
const STALE_MS = 5 * HEARTBEAT_MS;

/**
 * Runs `work` while holding a lock file, so that two processes do it one after the other.
 *
 * It saves work and is not a proof of exclusion: a holder that was suspended for long loses the lock unawares.
 * What `work` does must therefore be harmless when done twice.
 */
export async function withLock<T>(file: string, progress: Progress, work: () => Promise<T>): Promise<T> {
  const token = randomUUID();
  let told = false;
  while (!(await take(file, token))) {
    if (!told) progress(`another process is at it: waiting for ${file}`);
    told = true;
    await sleep(HEARTBEAT_MS / 4);
  }
  const heartbeat = setInterval(() => void touch(file), HEARTBEAT_MS);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    await release(file, token);
  }
}

async function take(file: string, token: string): Promise<boolean> {
  try {
    await writeFile(file, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const age = await stat(file).then(
    (found) => Date.now() - found.mtimeMs,
    () => 0,
  );
  if (age > STALE_MS) await rm(file, { force: true });
  return false;
}

async function touch(file: string): Promise<void> {
  const now = new Date();
  await utimes(file, now, now).catch(() => undefined);
}

/** Removes the lock unless someone else holds it by now. */
async function release(file: string, token: string): Promise<void> {
  const holder = await readFile(file, 'utf8').catch(() => '');
  if (holder === token) await rm(file, { force: true });
}
