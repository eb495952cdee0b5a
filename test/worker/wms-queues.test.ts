import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { workersPolling } from '../../client/use-cases/require-worker';
import { WmsQueues } from '../../worker/wms-queues';
import { eventually } from '../support/eventually';

describe('the task queues of the WMSes', () => {
  const address = process.env['BOOSTA_TEST_TEMPORAL'] ?? '';
  const opened: Worker[] = [];
  const tries: string[] = [];
  let native: NativeConnection;
  let connection: Connection;
  let stop: () => void;
  let serving: Promise<void>;

  beforeAll(async () => {
    native = await NativeConnection.connect({ address });
    connection = await Connection.connect({ address });
    const queues = new WmsQueues({
      wmsIds: () => Promise.resolve(['broken-once', 'sound']),
      open: async (id) => {
        tries.push(id);
        if (id === 'broken-once' && tries.filter((each) => each === id).length === 1)
          throw new Error('could not be opened');
        const taskQueue = `queues-test/${id}`;
        const worker = await Worker.create({
          connection: native,
          taskQueue,
          activities: { noop: () => sleep(0) },
        });
        opened.push(worker);
        return worker;
      },
      log: pino({ level: 'silent' }),
      lookEveryMs: 50,
    });
    serving = queues.whileRunning(new Promise<void>((resolve) => (stop = resolve)));
  });
  afterAll(async () => {
    stop();
    await serving;
    await native.close();
    await connection.close();
  });

  const polled = (id: string) => workersPolling(new Client({ connection }), `queues-test/${id}`, 'activity');

  it('are opened again where one could not be, and it stops no other', async () => {
    await eventually(async () => {
      expect(await polled('sound')).toBeGreaterThan(0);
      expect(await polled('broken-once')).toBeGreaterThan(0);
    });
    expect(tries.filter((id) => id === 'broken-once')).toHaveLength(2);
    expect(tries.filter((id) => id === 'sound')).toHaveLength(1);
  });

  it('are opened again when one has ended', async () => {
    const before = tries.length;
    opened[0]?.shutdown();
    await eventually(() => expect(tries).toHaveLength(before + 1));
  });
});
