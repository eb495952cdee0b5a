import { type Ended, runChaos } from './campaign-process';

/** A campaign that cannot fail proves nothing: each protection is missed when it is not there. */
const SHORT = ['--orders', '60', '--minutes', '0.4', '--patience-minutes', '1', '--until-found'];
const STOPS = ['--only', 'stop-worker', '--each', '3', '--seed', '9'];
const STARTS = ['--only', 'start-together', '--each', '3', '--seed', '8'];
const LOSSES = ['--only', 'lose-responses', '--each', '8', '--seed', '8'];

describe('a campaign without', () => {
  const caught = ({ code, summary, log }: Ended) => {
    expect({ code, log }).toMatchObject({ code: 1 });
    return summary;
  };

  it('the lock finds orders twice', async () => {
    const summary = caught(await runChaos(...SHORT, ...STARTS, '--without', 'lock'));
    expect(summary.duplicated).toBeGreaterThan(0);
  }, 240_000);

  it("the WMS's key finds orders twice", async () => {
    const summary = caught(await runChaos(...SHORT, ...LOSSES, '--without', 'wms-key'));
    expect(summary.duplicated).toBeGreaterThan(0);
  }, 240_000);

  it('the look at the lease finds orders twice, where a look-up that finds nothing sends again', async () => {
    const summary = caught(await runChaos(...SHORT, ...STOPS, '--without', 'lease'));
    expect(summary.duplicated).toBeGreaterThan(0);
  }, 240_000);

  it('the workflow ID finds second runs, and no order twice', async () => {
    const summary = caught(await runChaos(...SHORT, ...STARTS, '--without', 'workflow-id'));
    expect(summary).toMatchObject({ duplicated: 0, secondRuns: expect.any(Number) });
    expect(summary.secondRuns).toBeGreaterThan(0);
  }, 240_000);

  it('any of them, by contrast, finds no order twice at the same weak WMSes', async () => {
    const kinds = ['--only', 'stop-worker,start-together', '--each', '2', '--seed', '9'];
    const { summary, log } = await runChaos(...SHORT, ...kinds, '--look-up-only', 'resend');
    expect({ log, ...summary }).toMatchObject({ duplicated: 0, secondRuns: 0, lost: 0, oversold: 0 });
  }, 240_000);
});
