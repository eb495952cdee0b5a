import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporal as proto } from '@temporalio/proto';
import { bundleWorkflowCode, Worker, type WorkflowBundleWithSourceMap } from '@temporalio/worker';
import { quiet } from './scripted';

const FOLDER = join(__dirname, 'histories');
const STORIES = readdirSync(FOLDER).map((file) => file.replace('.json', ''));

const textOf = (story: string) => readFileSync(join(FOLDER, `${story}.json`), 'utf8');
/** A history as it was recorded, or with something of it replaced. */
const historyOf = (story: string, change = (text: string) => text) =>
  proto.api.history.v1.History.fromObject(JSON.parse(change(textOf(story))) as Record<string, unknown>);

/** Names of regular activities stand in a history as they are, those of local ones in their markers' payloads. */
function renamed(text: string, from: string, to: string): string {
  const inPayloads = text.replace(/"data":"([^"]*)"/g, (whole, data: string) => {
    const payload = Buffer.from(data, 'base64').toString('utf8');
    if (!payload.includes(`"${from}"`)) return whole;
    return `"data":"${Buffer.from(payload.replaceAll(`"${from}"`, `"${to}"`)).toString('base64')}"`;
  });
  return inPayloads.replaceAll(`"${from}"`, `"${to}"`);
}

/**
 * The journeys that are open at a deploy go on with the new code. When one of these fails, they would
 * not: put the change behind `patched()`. record-histories.ts tells when to record anew.
 */
describe('the workflows of today', () => {
  let workflowBundle: WorkflowBundleWithSourceMap;
  beforeAll(async () => {
    workflowBundle = await bundleWorkflowCode({
      workflowsPath: require.resolve('../../workflows'),
      logger: quiet,
    });
  });

  it.each(STORIES)('go on with what was recorded of “%s”', async (story) => {
    const replayed = await replay(story);
    expect(replayed).toBeUndefined();
  });

  it.each([
    ['retry', 'dispatchOrder'],
    ['happy', 'tryDispatchOrder'],
    ['collect-orders', 'collectWindow'],
  ])('would be told from ones with other steps: “%s” without %s', async (story, step) => {
    const other = await replay(story, (text) => renamed(text, step, 'sendByPigeon'));
    expect(other?.name).toBe('DeterminismViolationError');
  });

  it('were recorded with nobody’s data, and little of it', () => {
    expect(STORIES.length).toBeGreaterThanOrEqual(6);
    for (const story of STORIES) {
      const text = textOf(story);
      expect(text.length).toBeLessThan(60_000);
      const payloads = [...text.matchAll(/"data":"([^"]*)"/g)].map(([, data]) =>
        Buffer.from(data ?? '', 'base64').toString('utf8'),
      );
      const everything = [text, ...payloads].join('\n');
      expect(everything).not.toMatch(/[가-힣]|\b0\d{1,2}-\d{3,4}-\d{4}\b/u);
      // Nor does the machine stand in it that recorded them.
      expect(everything).not.toMatch(/\/(home|root|tmp|Users|work)\//);
    }
  });

  async function replay(story: string, change?: (text: string) => string): Promise<Error | undefined> {
    const histories = [{ workflowId: `recorded/${story}`, history: historyOf(story, change) }];
    for await (const { error } of Worker.runReplayHistories({ workflowBundle }, histories)) return error;
    throw new Error('nothing was replayed');
  }
});
