import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { journeyId } from '../../domain/order-key';
import type { Standing } from '../../domain/stage';
import { ensureTemporal } from '../../sandbox/servers';
import { temporalJourneys } from '../../worker/temporal-journeys';
import { given } from '../support/database';
import { eventually } from '../support/eventually';
import { AWAITED, type Script, ScriptedWorker, smooth } from './scripted';

const UNKNOWN: Standing = { stage: 'normalized', waiting: 'unknown_deal' };
const KEY = `smartstore/64${Date.now()}`;
const QUEUE = `test-temporal-ui-${Date.now()}`;

/** On the real server, with the stock command line, which reads what the Web UI reads. */
describe('somebody who has only Temporal’s own tools', () => {
  let cli: (...args: string[]) => Promise<string>;
  let connection: Connection;
  let native: NativeConnection;
  let worker: ScriptedWorker;
  let script: Script;
  beforeAll(async () => {
    const address = given('BOOSTA_TEST_TEMPORAL');
    const binary = await ensureTemporal(() => undefined);
    cli = async (...args) => {
      const { stdout } = await promisify(execFile)(binary, [...args, '--address', address], {
        maxBuffer: 1e7,
      });
      return stdout;
    };
    connection = await Connection.connect({ address });
    native = await NativeConnection.connect({ address });
    const client = new Client({ connection });
    worker = await ScriptedWorker.start(native, client.workflow, QUEUE);
    script = worker.script(KEY, { ...smooth(), matchOrder: () => UNKNOWN });
    const order = {
      key: KEY,
      channel: 'smartstore',
      source: 'sabangnet',
      orderedAt: new Date('2026-11-20T01:02:03Z'),
    };
    await temporalJourneys(new Client({ connection: native }), QUEUE).start(order);
    await eventually(() => {
      if (script.count('matchOrder') === 0) throw new Error('The order has not been looked at');
    });
  });
  afterAll(async () => {
    await worker.stop();
    await connection.close();
    await native.close();
  });

  const id = journeyId(KEY);
  const query = async (type: string) => {
    const said = await cli('workflow', 'query', '-w', id, '--type', type, '-o', 'json');
    return (JSON.parse(said) as { queryResult: [unknown] }).queryResult[0];
  };
  const update = async (name: string, input?: object) => {
    const args = input === undefined ? [] : ['--input', JSON.stringify(input)];
    const said = await cli('workflow', 'update', 'execute', '-w', id, '--name', name, ...args, '-o', 'json');
    return (JSON.parse(said) as { result: unknown }).result;
  };
  const found = async (filter: string) => {
    const said = await cli(
      'workflow',
      'list',
      '--query',
      `${filter} AND TaskQueue = "${QUEUE}"`,
      '-o',
      'json',
    );
    return (JSON.parse(said) as { execution: { workflowId: string } }[]).map(
      (each) => each.execution.workflowId,
    );
  };

  it('finds the order by channel, source, date, stage and what it waits for', async () => {
    const filters = [
      'BoostaChannel = "smartstore"',
      'BoostaSource = "sabangnet"',
      'BoostaOrderedAt BETWEEN "2026-11-20T00:00:00Z" AND "2026-11-20T02:00:00Z"',
      'BoostaStage = "normalized"',
      'BoostaWaiting = "unknown_deal"',
    ];
    for (const filter of filters) await eventually(async () => expect(await found(filter)).toEqual([id]));
  });

  it('finds it by the saved filters of docs/operating.md, as they are written there', async () => {
    const page = readFileSync(join(__dirname, '../../docs/operating.md'), 'utf8');
    const [, table = ''] = page.split('### Saved filters');
    const filters = new Map(
      [...table.matchAll(/^\| ([a-z’' ]+) \| `(.+)` \|$/gm)].map(([, name, filter]) => [name, filter ?? '']),
    );
    expect(filters.size).toBe(7);
    const matching: string[] = [];
    for (const [name = '', filter] of filters) if ((await found(filter)).includes(id)) matching.push(name);
    expect(matching).toEqual(['waits for a person', 'unknown deals']);
  });

  it('reads where it is, why it waits and what to do, and nobody’s name', async () => {
    const described = await cli('workflow', 'describe', '-w', id, '-o', 'json');
    expect(described).toContain('smartstore order, by sabangnet');
    const details = JSON.stringify(await query('__temporal_workflow_metadata'));
    for (const word of [KEY, 'normalized', 'unknown_deal', 'boosta match add'])
      expect(details).toContain(word);
    expect(await query('standing')).toEqual(UNKNOWN);
  });

  it('drives it: look now, hold, release, rematch, shipped', async () => {
    expect(await update('rematchNow')).toEqual(UNKNOWN);
    script.now({
      matchOrder: () => ({ stage: 'matched' }),
      holdOrder: () => ({ done: true, says: 'It is on hold' }),
      tryDispatchOrder: () => ({ stage: 'matched', waiting: 'held' }),
    });
    const command = { by: 'kim', reason: '주소 확인' };
    expect(await update('hold', command)).toEqual({ done: true, says: 'It is on hold' });
    await eventually(async () => expect(await found('BoostaWaiting = "held"')).toEqual([id]));
    script.now({ releaseOrder: () => ({ done: true, says: 'It goes on' }), tryDispatchOrder: () => AWAITED });
    expect(await update('release', command)).toEqual({ done: true, says: 'It goes on' });
    await eventually(async () => expect(await query('standing')).toEqual(AWAITED));
    await cli('workflow', 'signal', '-w', id, '--name', 'rematch');
    await eventually(() => expect(script.count('recordSale')).toBeGreaterThan(0));
    await cli('workflow', 'signal', '-w', id, '--name', 'shipped').catch(() => undefined);
    await eventually(async () => expect(await found('ExecutionStatus = "Completed"')).toEqual([id]));
  });

  it('sees that a finished order is done and waits for nothing', async () => {
    await eventually(async () => expect(await found('BoostaStage = "done"')).toEqual([id]));
    expect(await found('BoostaWaiting = "shipment"')).toEqual([]);
    expect(await found('BoostaWaiting IS NULL')).toEqual([id]);
  });

  it('is told what a command needs when it does not fit', async () => {
    const key = `${KEY}2`;
    await worker.journey(key, { matchOrder: () => UNKNOWN });
    const args = ['-w', journeyId(key), '--name', 'resolveDispatch', '--input', '{"by":"kim","reason":"x"}'];
    await expect(cli('workflow', 'update', 'execute', ...args)).rejects.toThrow(
      /"received" or "not-received"/,
    );
    await cli('workflow', 'terminate', '-w', journeyId(key), '--reason', 'test');
  });
});
