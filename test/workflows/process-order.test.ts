import { ApplicationFailure } from '@temporalio/common';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Standing } from '../../domain/stage';
import * as messages from '../../workflows/messages';
import { eventually } from '../support/eventually';
import { AWAITED, Latch, ScriptedWorker } from './scripted';
import { startTimeSkipping } from './time-skipping';

const KIM = { by: 'kim', reason: 'asked by the customer' };
const UNKNOWN: Standing = { stage: 'normalized', waiting: 'unknown_deal' };

let env: TestWorkflowEnvironment;
let worker: ScriptedWorker;
beforeAll(async () => {
  env = await startTimeSkipping();
  worker = await ScriptedWorker.start(env.nativeConnection, env.client.workflow, 'test-process-order');
});
afterAll(async () => {
  await worker.stop();
  await env.teardown();
});

describe('a journey', () => {
  it('goes from the record to the sale, each step once, and waits for its parcel in between', async () => {
    const { handle, script } = await worker.journey('coupang/6001');
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    await handle.signal(messages.shipped);
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    expect(script.calls).toEqual([
      'normalizeOrder',
      'matchOrder',
      'tryDispatchOrder',
      'recordSale',
      'tryUploadTracking',
    ]);
  });

  it('waits for a match as long as it takes, and goes on from there', async () => {
    const { handle, script } = await worker.journey('coupang/6002', { matchOrder: () => UNKNOWN });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(UNKNOWN));
    await env.sleep('45 days');
    expect(script.count('matchOrder')).toBe(1);
    script.now({ matchOrder: () => ({ stage: 'matched' }) });
    await handle.signal(messages.rematch);
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    await env.sleep('31 days');
    await handle.signal(messages.shipped);
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    expect(script.count('normalizeOrder')).toBe(1);
    expect(script.count('matchOrder')).toBe(2);
  });

  it('waits as a task when a step fails for good, and tries again when it is told to', async () => {
    const FAILED: Standing = { stage: 'normalized', waiting: 'failed' };
    const { handle, script } = await worker.journey('coupang/6090', {
      matchOrder: () => {
        throw ApplicationFailure.nonRetryable('no such thing', 'RangeError');
      },
      parkFailed: () => FAILED,
      resumeOrder: () => undefined,
    });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(FAILED));
    script.now({ matchOrder: () => ({ stage: 'matched' }) });
    await handle.signal(messages.rematch);
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    expect(script.calls.slice(1, 5)).toEqual(['matchOrder', 'parkFailed', 'resumeOrder', 'matchOrder']);
  });

  it('awaits the rest when a part of it has shipped', async () => {
    const { handle, script } = await worker.journey('coupang/6003', { tryUploadTracking: () => AWAITED });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    await handle.signal(messages.shipped);
    await eventually(() => expect(script.count('tryUploadTracking')).toBe(1));
    script.now({ recordSale: () => ({ stage: 'booked' }), tryUploadTracking: () => ({ stage: 'done' }) });
    await handle.signal(messages.shipped);
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    expect(script.count('tryDispatchOrder')).toBe(1);
  });

  it('ends at once for an order that is over already, whoever has started it again', async () => {
    const { handle, script } = await worker.journey('coupang/6004', {
      normalizeOrder: () => ({ stage: 'done' }),
    });
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    expect(script.calls).toEqual(['normalizeOrder']);
  });

  it('goes on where the order is when it is started again', async () => {
    const { handle, script } = await worker.journey('coupang/6005', {
      normalizeOrder: () => ({ stage: 'booked' }),
    });
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    expect(script.calls).toEqual(['normalizeOrder', 'tryUploadTracking']);
  });
});

describe('a step at the outside', () => {
  it.each([
    ['does not go through at once', async (): Promise<Standing> => ({ stage: 'matched', waiting: 'retry' })],
    ['breaks', () => Promise.reject(new Error('broken'))],
  ])('that %s goes on as an activity that can be seen, with its attempts', async (name, tryDispatchOrder) => {
    let attempts = 0;
    const dispatchOrder = () => {
      attempts += 1;
      if (attempts < 4) throw new Error('The WMS is away');
      return AWAITED;
    };
    const key = `coupang/601${name.length}`;
    const { handle } = await worker.journey(key, { tryDispatchOrder, dispatchOrder });
    await handle.signal(messages.shipped);
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    expect(attempts).toBe(4);
    const { events } = await handle.fetchHistory();
    const scheduled = (events ?? []).filter((event) => event.activityTaskScheduledEventAttributes);
    expect(scheduled.map((e) => e.activityTaskScheduledEventAttributes?.activityType?.name)).toEqual([
      'dispatchOrder',
    ]);
    const summary = scheduled[0]?.userMetadata?.summary?.data;
    expect(Buffer.from(summary ?? []).toString()).toContain(key);
  });

  it('of the tracking number is seen and tried again in the same way', async () => {
    let attempts = 0;
    const { handle } = await worker.journey('coupang/6019', {
      tryUploadTracking: () => ({ stage: 'booked', waiting: 'retry' }),
      uploadTracking: () => {
        attempts += 1;
        if (attempts < 3) throw new Error('The hub is away');
        return { stage: 'done' };
      },
    });
    await handle.signal(messages.shipped);
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    expect(attempts).toBe(3);
  });
});

describe('a nudge', () => {
  it('that comes in the middle of a step is not lost: the order is looked at again', async () => {
    const latch = new Latch();
    const { handle, script } = await worker.journey('coupang/6021', {
      matchOrder: async () => {
        if (script.count('matchOrder') > 1) return { stage: 'matched' };
        await latch.wait();
        return UNKNOWN;
      },
    });
    await latch.reached;
    await handle.signal(messages.rematch);
    latch.open();
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    expect(script.count('matchOrder')).toBe(2);
    await handle.terminate();
  });

  it('that something has changed is taken in before the next step, not after it', async () => {
    const latch = new Latch();
    const { handle, script } = await worker.journey('coupang/6022', {
      recordSale: () => AWAITED,
      tryDispatchOrder: () =>
        script.count('dispatchOrder') === 0 ? { stage: 'matched', waiting: 'retry' } : AWAITED,
      dispatchOrder: async () => {
        await latch.wait();
        return { stage: 'normalized' };
      },
    });
    await latch.reached;
    await handle.signal(messages.changed);
    latch.open();
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    expect(script.calls.slice(script.calls.indexOf('dispatchOrder') + 1).slice(0, 3)).toEqual([
      'normalizeOrder',
      'matchOrder',
      'tryDispatchOrder',
    ]);
    await handle.terminate();
  });

  it('that something has changed is heard even in the last step', async () => {
    const latch = new Latch();
    const { handle, script } = await worker.journey('coupang/6023', {
      normalizeOrder: () =>
        script.count('normalizeOrder') === 1 ? { stage: 'normalized' } : { stage: 'done' },
      tryUploadTracking: () => ({ stage: 'booked', waiting: 'retry' }),
      uploadTracking: async () => {
        await latch.wait();
        return { stage: 'done' };
      },
    });
    await handle.signal(messages.shipped);
    await latch.reached;
    await handle.signal(messages.changed);
    latch.open();
    await expect(handle.result()).resolves.toEqual({ stage: 'done' });
    expect(script.count('normalizeOrder')).toBe(2);
  });

  it('of a customer’s cancellation asks the WMS, and the outcome is where the order stands then', async () => {
    const cancelled: Standing[] = [{ stage: 'dispatched', waiting: 'cancellation' }, { stage: 'cancelled' }];
    const { handle, script } = await worker.journey('coupang/6024', {
      cancelOrder: () => ({ done: true, says: 'It is cancelled' }),
    });
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(AWAITED));
    script.now({ normalizeOrder: () => cancelled.shift() });
    await handle.signal(messages.changed);
    await expect(handle.result()).resolves.toEqual({ stage: 'cancelled' });
    expect(script.count('cancelOrder')).toBe(1);
  });

  it('of a cancellation that must wait for an unknown outcome leads to finding that out', async () => {
    const { handle, script } = await worker.journey('coupang/6025', {
      normalizeOrder: () => ({ stage: 'matched', waiting: 'cancellation' }),
      cancelOrder: () => ({ done: false, says: 'First it must be known whether the WMS has it' }),
      tryDispatchOrder: () => ({ stage: 'matched', waiting: 'unknown_outcome' }),
    });
    const waits = { stage: 'matched', waiting: 'unknown_outcome' };
    await eventually(async () => expect(await handle.query(messages.standing)).toEqual(waits));
    script.now({
      resolveDispatch: () => ({ done: true, says: 'It is sent anew' }),
      normalizeOrder: () => ({ stage: 'cancelled' }),
    });
    await handle.executeUpdate(messages.resolveDispatch, { args: [{ ...KIM, verdict: 'not-received' }] });
    await expect(handle.result()).resolves.toEqual({ stage: 'cancelled' });
  });
});
