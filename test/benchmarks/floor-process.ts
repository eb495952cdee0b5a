import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createLog } from '../../worker/log';
import { installRuntime } from '../../worker/telemetry';
import type { BenchCommand } from './protocol';

const OPEN = "WorkflowType = 'floor' AND ExecutionStatus = 'Running'";

/**
 * Runs the floor workflow N times, so many in flight, started by a client. How many are in flight is told by the
 * activity, which is cheap; that the last have ended, by the server.
 */
async function main(): Promise<void> {
  installRuntime(createLog('error'), undefined);
  const address = process.env['TEMPORAL_ADDRESS'] ?? '';
  const connection = await NativeConnection.connect({ address });
  const client = new Client({ connection: await Connection.connect({ address }) });
  let done = 0;
  const worker = await Worker.create({
    connection,
    taskQueue: 'floor',
    workflowsPath: require.resolve('./floor-workflow'),
    activities: { nothing: async () => void (done += 1) },
    maxCachedWorkflows: 1_000,
    maxConcurrentActivityTaskExecutions: 100,
    maxConcurrentWorkflowTaskExecutions: 100,
  });
  const running = worker.run();
  process.send?.('ready');
  const { count, inFlight } = await new Promise<BenchCommand>((resolve) => process.once('message', resolve));
  const run = Date.now();
  const startedAt = performance.now();
  let started = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      while (started < count && started - done < inFlight) {
        started += 1;
        void client.workflow.start('floor', { workflowId: `floor-${run}-${started}`, taskQueue: 'floor' });
      }
      if (done < count) return;
      clearInterval(timer);
      resolve();
    }, 5);
  });
  while ((await client.workflow.count(OPEN)).count > 0) await sleep(20);
  process.send?.({ perSecond: (count * 1000) / (performance.now() - startedAt) });
  await new Promise((resolve) => process.once('message', resolve));
  worker.shutdown();
  await running;
  process.exit(0);
}

void main();
