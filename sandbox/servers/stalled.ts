import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** A connection that delivers nothing for so long leads nowhere: some networks swallow packets without an answer. */
const STALLED_MS = 20_000;

/** Aborts what downloads into a folder once nothing more comes. */
export function abortWhenStalled(folder: string): { signal: AbortSignal; stop: () => void } {
  const controller = new AbortController();
  let size = -1;
  let grown = Date.now();
  const look = async () => {
    const now = await sizeOf(folder);
    if (now !== size) grown = Date.now();
    else if (Date.now() - grown > STALLED_MS) controller.abort();
    size = now;
  };
  const timer = setInterval(() => void look(), 1_000);
  return { signal: controller.signal, stop: () => clearInterval(timer) };
}

async function sizeOf(folder: string): Promise<number> {
  const files = await readdir(folder, { recursive: true }).catch(() => []);
  const sizes = await Promise.all(
    files.map((file) =>
      stat(join(folder, file)).then(
        (found) => found.size,
        () => 0,
      ),
    ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}
