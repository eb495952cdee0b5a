import { setTimeout as sleep } from 'node:timers/promises';
import { WithStartWorkflowOperation, type WorkflowHandle } from '@temporalio/client';
import { Worker } from '@temporalio/worker';
import { journeyId } from '../../domain/order-key';
import type { Standing } from '../../domain/stage';
import * as messages from '../../workflows/messages';
import { eventually } from '../support/eventually';
import { type FreshTemporal, freshTemporal } from '../support/temporal';
import { Latch, ScriptedWorker, smooth } from './scripted';

const KIM = { by: 'kim', reason: 'asked by the customer' };
const DONE = { done: true, says: 'It is done' };
const HELD: Standing = { stage: 'matched', waiting: 'held' };
/** With so little time a journey asks for another workflow task while a step is still running. */
const BRIEF = { workflowTaskTimeout: '1 second' } as const;

let temporal: FreshTemporal;
let worker: ScriptedWorker;
beforeAll(async () => {
  temporal = await freshTemporal();
  worker = await ScriptedWorker.start(
    temporal.connection,
    temporal.client.workflow,
    'test-busy',
    temporal.at.namespace,
  );
});
afterAll(async () => {
  await worker.stop();
  await temporal.close();
});

/** Why it could not go on after its worker has gone, if so. */
async function replay(handle: WorkflowHandle): Promise<Error | undefined> {
  const histories = [{ workflowId: handle.workflowId, history: await handle.fetchHistory() }];
  const { workflowBundle } = worker;
  for await (const { error } of Worker.runReplayHistories({ workflowBundle }, histories)) return error;
  throw new Error('nothing was replayed');
}

describe.each(['normalizeOrder', 'matchOrder', 'tryDispatchOrder'] as const)(
  'while %s is running',
  (step) => {
    it('a command waits for it, is done, and the journey can be replayed', async () => {
      const latch = new Latch();
      const standing = step === 'normalizeOrder' ? { stage: 'normalized' } : { stage: 'matched' };
      const journey = await worker.journey(
        `kakao/64-${step}`,
        {
          [step]: async () => {
            await latch.wait();
            return step === 'tryDispatchOrder' ? HELD : standing;
          },
          recordSale: () => ({ stage: 'booked' }),
          holdOrder: () => DONE,
          releaseOrder: () => DONE,
        },
        BRIEF,
      );
      await latch.reached;
      const held = journey.handle.executeUpdate(messages.hold, { args: [KIM] });
      const released = journey.handle.executeUpdate(messages.release, { args: [KIM] });
      await eventually(async () => {
        const { events } = await journey.handle.fetchHistory();
        expect(events?.filter((event) => event.workflowExecutionUpdateAcceptedEventAttributes)).toHaveLength(
          2,
        );
      });
      journey.script.now({ tryDispatchOrder: () => ({ stage: 'dispatched' }) });
      latch.open();
      expect(await Promise.all([held, released])).toEqual([DONE, DONE]);
      expect(await journey.handle.result()).toEqual({ stage: 'done' });
      expect(await replay(journey.handle)).toBeUndefined();
    });
  },
);

describe('a command that comes with the start of a journey', () => {
  it('is carried out before the first step, not beside it, and the journey can be replayed', async () => {
    const key = 'kakao/65';
    const begun = new Latch();
    let running = 0;
    let atOnce = 0;
    const alone = async <A>(answer: A, until: Promise<unknown> = Promise.resolve()): Promise<A> => {
      running += 1;
      atOnce = Math.max(atOnce, running);
      await until;
      running -= 1;
      return answer;
    };
    worker.script(key, {
      ...smooth(),
      // Long enough for the first step to begin, if it did.
      holdOrder: () => alone(DONE, Promise.race([begun.reached, sleep(500)])),
      normalizeOrder: () => {
        void begun.wait();
        return alone({ stage: 'normalized' });
      },
      tryDispatchOrder: () => ({ stage: 'dispatched' }),
      recordSale: () => ({ stage: 'booked' }),
    });
    const { taskQueue } = worker;
    const startWorkflowOperation = new WithStartWorkflowOperation('processOrder', {
      args: [key],
      workflowId: journeyId(key),
      taskQueue,
      workflowIdConflictPolicy: 'FAIL',
    });
    const args: [typeof KIM] = [KIM];
    const { workflow } = temporal.client;
    expect(await workflow.executeUpdateWithStart(messages.hold, { args, startWorkflowOperation })).toEqual(
      DONE,
    );
    const handle = await startWorkflowOperation.workflowHandle();
    expect(await handle.result()).toEqual({ stage: 'done' });
    expect(atOnce).toBe(1);
    expect(await replay(handle)).toBeUndefined();
  });
});
