import { chmod, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { run } from './run';
import { abortWhenStalled } from './stalled';

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
