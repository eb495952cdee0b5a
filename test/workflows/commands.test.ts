import { WorkflowUpdateFailedError } from '@temporalio/client';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Standing } from '../../domain/stage';
import { VERDICTS } from '../../domain/verdict';
import * as messages from '../../workflows/messages';
import { eventually } from '../support/eventually';
import { AWAITED, Latch, ScriptedWorker } from './scripted';
import { startTimeSkipping } from './time-skipping';

const KIM = { by: 'kim', reason: 'asked by the customer' };
const UNKNOWN: Standing = { stage: 'normalized', waiting: 'unknown_deal' };
const HELD: Standing = { stage: 'matched', waiting: 'held' };

let env: TestWorkflowEnvironment;
let worker: ScriptedWorker;
beforeAll(async () => {
  env = await startTimeSkipping();
  worker = await ScriptedWorker.start(env.nativeConnection, env.client.workflow, 'test-commands');
});
afterAll(async () => {
  await worker.stop();
  await env.teardown();
});

/** A journey that waits for a match. */
async function waiting(key: string) {
  const journey = await worker.journey(key, { matchOrder: () => UNKNOWN });
  await eventually(async () => expect(await journey.handle.query(messages.standing)).toEqual(UNKNOWN));
  return journey;
}

describe('a person who', () => {
  it('holds an order and releases it is answered, and the order waits in between', async () => {
    const { handle, script } = await waiting('kakao/6101');
    script.now({
      holdOrder: (_key, command) => ({ done: true, says: `on hold for ${command.by}` }),
      releaseOrder: () => ({ done: true, says: 'It goes on' }),
      matchOrder: () => ({ stage: 'matched' }),
      tryDispatchOrder: () => HELD,
    });
    const held = await handle.executeUpdate(messages.hold, { args: [KIM] });
    expect(held).toEqual({ done: true, says: 'on hold for kim' });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(HELD));
    script.now({ tryDispatchOrder: () => AWAITED });
    await expect(handle.executeUpdate(messages.release, { args: [KIM] })).resolves.toMatchObject({
      done: true,
    });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    await handle.terminate();
  });

  it('cancels an order before it is dispatched ends its journey', async () => {
    const { handle, script } = await waiting('kakao/6102');
    script.now({
      cancelOrder: () => ({ done: true, says: 'It is cancelled' }),
      normalizeOrder: () => ({ stage: 'cancelled' }),
    });
    await expect(handle.executeUpdate(messages.cancel, { args: [KIM] })).resolves.toMatchObject({
      done: true,
    });
    await expect(handle.result()).resolves.toEqual({ stage: 'cancelled' });
  });

  it('cancels too late is told so, and the order goes on to its sale', async () => {
    const { handle, script } = await worker.journey('kakao/6103');
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    script.now({
      cancelOrder: () => ({ done: false, says: 'Too late: the WMS ships it' }),
      normalizeOrder: () => ({ stage: 'dispatched' }),
      recordSale: () => AWAITED,
    });
    const answer = await handle.executeUpdate(messages.cancel, { args: [KIM] });
    expect(answer).toEqual({ done: false, says: 'Too late: the WMS ships it' });
    await eventually(() => expect(script.count('recordSale')).toBe(1));
    script.now({ recordSale: () => ({ stage: 'booked' }) });
    await handle.signal(messages.shipped);
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
  });

  it('cancels while the WMS is away is answered when it is back', async () => {
    let attempts = 0;
    const { handle, script } = await waiting('kakao/6104');
    script.now({
      cancelOrder: () => {
        attempts += 1;
        if (attempts < 3) throw new Error('The WMS is away');
        return { done: true, says: 'It is cancelled' };
      },
      normalizeOrder: () => ({ stage: 'cancelled' }),
    });
    await expect(handle.executeUpdate(messages.cancel, { args: [KIM] })).resolves.toMatchObject({
      done: true,
    });
    await expect(handle.result()).resolves.toEqual({ stage: 'cancelled' });
    expect(attempts).toBe(3);
  });

  it('asks for a look now is told where the order stands after it', async () => {
    const { handle, script } = await waiting('kakao/6105');
    await expect(handle.executeUpdate(messages.rematchNow)).resolves.toEqual(UNKNOWN);
    expect(script.calls.slice(-2)).toEqual(['normalizeOrder', 'matchOrder']);
    script.now({ matchOrder: () => ({ stage: 'matched' }) });
    await expect(handle.executeUpdate(messages.rematchNow)).resolves.toEqual(AWAITED);
    script.now({ normalizeOrder: () => ({ stage: 'cancelled' }) });
    await expect(handle.executeUpdate(messages.rematchNow)).resolves.toEqual({ stage: 'cancelled' });
    await expect(handle.result()).resolves.toEqual({ stage: 'cancelled' });
  });

  it('asks for a look while one is under way gets one that began after the question', async () => {
    const latch = new Latch();
    const { handle, script } = await worker.journey('kakao/6106', {
      tryDispatchOrder: () =>
        script.count('dispatchOrder') === 0 ? { stage: 'matched', waiting: 'retry' } : AWAITED,
      dispatchOrder: async () => {
        await latch.wait();
        return { stage: 'matched', waiting: 'shortage' };
      },
    });
    await latch.reached;
    const asked = await handle.startUpdate(messages.rematchNow, { waitForStage: 'ACCEPTED' });
    latch.open();
    await expect(asked.result()).resolves.toEqual(AWAITED);
    await handle.terminate();
  });

  it('splits an order is answered, and the order looks again', async () => {
    const { handle, script } = await waiting('kakao/6108');
    const said: unknown[] = [];
    script.now({
      splitOrder: (key, command) => {
        said.push(key, command);
        return { done: true, says: '1 units go now, 2 later' };
      },
      matchOrder: () => ({ stage: 'matched' }),
    });
    const lines = [{ line: '1', quantity: 1 }];
    const answer = await handle.executeUpdate(messages.split, { args: [{ ...KIM, lines }] });
    expect(answer).toEqual({ done: true, says: '1 units go now, 2 later' });
    expect(said).toEqual(['kakao/6108', { ...KIM, lines }]);
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    await handle.terminate();
  });

  it('says what became of a dispatch has it written down, word for word', async () => {
    const said: unknown[] = [];
    const { handle, script } = await waiting('kakao/6107');
    script.now({
      resolveDispatch: (key, verdict, command) => {
        said.push(key, verdict, command);
        return { done: true, says: 'It is with the WMS' };
      },
    });
    for (const verdict of VERDICTS) {
      await handle.executeUpdate(messages.resolveDispatch, { args: [{ ...KIM, verdict }] });
      expect(said.splice(0)).toEqual(['kakao/6107', verdict, KIM]);
    }
    await handle.terminate();
  });
});

describe('a command that does not fit', () => {
  const LONG = 'x'.repeat(301);
  it.each([
    ['hold', undefined],
    ['hold', {}],
    ['hold', 'kim'],
    ['hold', { by: 'kim' }],
    ['hold', { ...KIM, by: ' ' }],
    ['release', { ...KIM, reason: LONG }],
    ['cancel', { ...KIM, by: 'x'.repeat(101) }],
    ['cancel', { by: 1, reason: 2 }],
    ['split', undefined],
    ['split', { ...KIM, lines: [] }],
    ['split', { ...KIM, lines: [{ line: '1' }] }],
    ['split', { ...KIM, lines: [{ line: '1', quantity: 0.5 }] }],
    ['split', { ...KIM, line: [{ line: '1', quantity: 1 }] }],
    ['resolveDispatch', undefined],
    ['resolveDispatch', KIM],
    ['resolveDispatch', { ...KIM, verdict: 'recieved' }],
    ['resolveDispatch', { ...KIM, verdict: 'Not-Received' }],
    ['resolveDispatch', { verdict: 'received' }],
  ])('%s %j is refused with what it needs, and the journey is none the worse', async (name, command) => {
    const key = `kakao/62${name.length}${JSON.stringify(command ?? null).length}`;
    const { handle, script } = await waiting(key);
    const before = script.calls.length;
    const asked =
      command === undefined
        ? handle.executeUpdate(name)
        : handle.executeUpdate<unknown, [unknown]>(name, { args: [command] });
    const refused = await asked.catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(WorkflowUpdateFailedError);
    expect((refused as WorkflowUpdateFailedError).cause?.message).toContain('It needs');
    expect(script.calls).toHaveLength(before);
    await expect(handle.query(messages.standing)).resolves.toEqual(UNKNOWN);
    await handle.terminate();
  });
});
