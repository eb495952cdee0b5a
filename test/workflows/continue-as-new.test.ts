import { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Standing } from '../../domain/stage';
import { ensureTemporal } from '../../sandbox/servers';
import * as messages from '../../workflows/messages';
import { SEARCH_ATTRIBUTES } from '../../workflows/names';
import { eventually } from '../support/eventually';
import { AWAITED, ScriptedWorker } from './scripted';
import { patiently } from './time-skipping';

const UNKNOWN: Standing = { stage: 'normalized', waiting: 'unknown_deal' };
const SUGGESTED_AFTER = 60;

/** A server of its own: no other asks for a new run before four thousand events. */
describe('a journey whose history grows long', () => {
  let env: TestWorkflowEnvironment;
  let worker: ScriptedWorker;
  beforeAll(async () => {
    const path = await ensureTemporal(() => undefined);
    const limit = `limit.historyCount.suggestContinueAsNew=${SUGGESTED_AFTER}`;
    const attributes = Object.entries(SEARCH_ATTRIBUTES).flatMap(([name, kind]) => [
      '--search-attribute',
      `${name}=${kind}`,
    ]);
    env = await patiently(() =>
      TestWorkflowEnvironment.createLocal({
        server: {
          executable: { type: 'existing-path', path },
          extraArgs: ['--dynamic-config-value', limit, ...attributes],
        },
      }),
    );
    worker = await ScriptedWorker.start(env.nativeConnection, env.client.workflow, 'test-continue-as-new');
  });
  afterAll(async () => {
    await worker?.stop();
    await env?.teardown();
  });

  it('goes on in a new run, loses no nudge and no command, and ends as any other', async () => {
    const { handle, script } = await worker.journey('kakao/6301', {
      matchOrder: () => UNKNOWN,
      holdOrder: () => ({ done: true, says: 'It is on hold' }),
    });
    const runNow = async () => (await env.client.workflow.getHandle(handle.workflowId).describe()).runId;
    const firstRun = await runNow();
    for (let nudge = 0; (await runNow()) === firstRun; nudge += 1) {
      if (nudge > SUGGESTED_AFTER) throw new Error('No new run has begun');
      const looked = script.count('matchOrder');
      await handle.signal(messages.rematch);
      await eventually(() => expect(script.count('matchOrder')).toBeGreaterThan(looked));
    }
    const latest = env.client.workflow.getHandle(handle.workflowId);
    await eventually(async () => expect(await latest.query(messages.standing)).toEqual(UNKNOWN));
    const command = { by: 'kim', reason: 'still there?' };
    await expect(latest.executeUpdate(messages.hold, { args: [command] })).resolves.toMatchObject({
      done: true,
    });
    const { searchAttributes } = await latest.describe();
    expect(searchAttributes).toMatchObject({ BoostaWaiting: ['unknown_deal'] });
    script.now({ matchOrder: () => ({ stage: 'matched' }) });
    await latest.signal(messages.rematch);
    await eventually(async () => expect(await latest.query(messages.standing)).toEqual(AWAITED));
    await latest.signal(messages.shipped);
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    const { events } = await latest.fetchHistory();
    expect(events?.length).toBeLessThan(2 * SUGGESTED_AFTER);
  });
});
