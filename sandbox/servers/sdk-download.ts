import { chmod, readdir, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run';

/** A connection that delivers nothing for so long leads nowhere: some networks swallow packets without an answer. */
const STALLED_MS = 20_000;

/**
 * Lets the Temporal SDK download one of its servers (it starts it once and stops it) and moves it to `target`.
 *
 * The download runs in a Node process of its own because the SDK's call cannot be cancelled.
 */
export async function downloadBySdk(
  kind: 'createLocal' | 'createTimeSkipping',
  scratch: string,
  target: string,
): Promise<void> {
  const stalled = abortWhenStalled(scratch);
  try {
    const sdk = require.resolve('@temporalio/testing');
    await run(process.execPath, ['--eval', DOWNLOAD, sdk, kind, scratch], { signal: stalled.signal });
  } finally {
    stalled.stop();
  }
  const downloaded = (await readdir(scratch)).find((name) => name.startsWith('temporal'));
  if (!downloaded) throw new Error('the SDK kept its download elsewhere');
  await rename(join(scratch, downloaded), target);
  await chmod(target, 0o755);
}

const DOWNLOAD = `
  const [, sdk, kind, downloadDir] = process.argv
  const { TestWorkflowEnvironment } = require(sdk)
  TestWorkflowEnvironment[kind]({ server: { executable: { type: 'cached-download', downloadDir } } })
    .then((environment) => environment.teardown())
    .catch((error) => { console.error(error.message); process.exitCode = 1 })
`;

function abortWhenStalled(folder: string): { signal: AbortSignal; stop: () => void } {
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
  const files = await readdir(folder).catch(() => []);
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
