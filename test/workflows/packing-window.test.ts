import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Standing } from '../../domain/stage';
import * as messages from '../../workflows/messages';
import { eventually } from '../support/eventually';
import { freshTemporal } from '../support/temporal';
import { AWAITED, ScriptedWorker } from './scripted';
import { startTimeSkipping } from './time-skipping';

const KIM = { by: 'kim', reason: 'the customer asked' };
const HALF_AN_HOUR_MS = 1_800_000;
const WAITS: Standing = { stage: 'matched', waiting: 'companions', forMs: HALF_AN_HOUR_MS };

let env: TestWorkflowEnvironment;
let worker: ScriptedWorker;
beforeAll(async () => {
  env = await startTimeSkipping();
  worker = await ScriptedWorker.start(env.nativeConnection, env.client.workflow, 'test-packing-window');
});
afterAll(async () => {
  await worker.stop();
  await env.teardown();
});

/** A journey that waits for companions, half an hour at first. */
async function waiting(key: string) {
  const journey = await worker.journey(key, { tryDispatchOrder: () => WAITS });
  await eventually(async () => expect(await journey.handle.query(messages.standing)).toEqual(WAITS));
  return journey;
}

describe('an order that waits for companions', () => {
  it('shows it, does nothing until its window ends, and is sent then', async () => {
    const { handle, script } = await waiting('kakao/6401');
    const { searchAttributes } = await handle.describe();
    expect(searchAttributes).toMatchObject({ BoostaStage: ['matched'], BoostaWaiting: ['companions'] });
    await env.sleep('29 minutes');
    expect(script.count('tryDispatchOrder')).toBe(1);
    script.now({ tryDispatchOrder: () => AWAITED });
    await env.sleep('2 minutes');
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    expect(script.count('tryDispatchOrder')).toBe(2);
    await handle.terminate();
  });

  it('waits no longer than the first of its group when another one joins it', async () => {
    const { handle, script } = await waiting('kakao/6402');
    await env.sleep('10 minutes');
    script.now({ tryDispatchOrder: () => ({ ...WAITS, forMs: HALF_AN_HOUR_MS / 3 }) });
    await handle.signal(messages.rematch);
    await eventually(() => expect(script.count('tryDispatchOrder')).toBe(2));
    script.now({ tryDispatchOrder: () => AWAITED });
    await env.sleep('9 minutes');
    expect(script.count('tryDispatchOrder')).toBe(2);
    await env.sleep('2 minutes');
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    // The time of the window before is over too: nothing comes of it.
    await env.sleep('30 minutes');
    expect(script.count('tryDispatchOrder')).toBe(3);
    await handle.terminate();
  });

  it('goes at once when somebody says so', async () => {
    const { handle, script } = await waiting('kakao/6403');
    script.now({ sendNow: () => ({ done: true, says: 'It goes now' }), tryDispatchOrder: () => AWAITED });
    await expect(handle.executeUpdate(messages.sendNow, { args: [KIM] })).resolves.toMatchObject({
      done: true,
    });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    await handle.terminate();
  });

  it('is over when it is cancelled in its window', async () => {
    const { handle, script } = await waiting('kakao/6404');
    script.now({
      cancelOrder: () => ({ done: true, says: 'It is cancelled' }),
      normalizeOrder: () => ({ stage: 'cancelled' }),
    });
    await handle.executeUpdate(messages.cancel, { args: [KIM] });
    await expect(handle.result()).resolves.toEqual({ stage: 'cancelled' });
    expect(script.count('tryDispatchOrder')).toBe(1);
  });

  it('is sent though its worker is gone when the window ends, as soon as there is another one', async () => {
    const temporal = await freshTemporal();
    const start = () =>
      ScriptedWorker.start(
        temporal.connection,
        temporal.client.workflow,
        'test-window-outlives',
        temporal.at.namespace,
      );
    const first = await start();
    const brief = { ...WAITS, forMs: 1_500 };
    const { handle } = await first.journey('kakao/6405', { tryDispatchOrder: () => brief });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(brief));
    await first.stop();
    await eventually(async () => {
      const { events } = await handle.fetchHistory();
      expect(events?.some(({ timerFiredEventAttributes }) => timerFiredEventAttributes)).toBe(true);
    });
    const second = await start();
    const script = second.script('kakao/6405', { tryDispatchOrder: () => AWAITED });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    expect(script.calls).toEqual(['tryDispatchOrder']);
    await handle.terminate();
    await second.stop();
    await temporal.close();
  });
});
