import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';

/** Part of the build: a worker that starts with a ready bundle starts seconds earlier. */
async function main(): Promise<void> {
  const silent = () => undefined;
  const logger = {
    log: silent,
    trace: silent,
    debug: silent,
    info: silent,
    warn: console.error,
    error: console.error,
  };
  const { code } = await bundleWorkflowCode({ workflowsPath: require.resolve('../workflows'), logger });
  await writeFile(join(__dirname, '..', 'workflows', 'bundle.js'), code);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
