import { runChaos } from './campaign-process';

/**
 * A campaign that cannot fail proves nothing: each protection is missed when it is not there. The faults see to
 * the very moment that it is for, and come round after round until it is missed.
 */
const UNTIL_FOUND = ['--orders', '60', '--minutes', '0.2', '--patience-minutes', '2.5', '--until-found'];
const TO_THE_END = ['--orders', '40', '--minutes', '0.4', '--patience-minutes', '1.5'];
/** Seeds whose faults come while there are orders. */
const STOPS = ['--only', 'stop-worker', '--each', '1', '--seed', '14'];
const STARTS = ['--only', 'start-together', '--each', '1', '--seed', '14'];
const BOTH = ['--only', 'stop-worker,start-together', '--each', '1', '--seed', '12'];
const LOSSES = ['--only', 'lose-responses', '--each', '4', '--seed', '8'];
/** The moments that the protections are for; on a busy machine a fault may come a little too early or too late. */
const MET = [
  { says: 'taken over', seen: /at claimed; [1-9]\d* of \d+ orders taken over/u },
  { says: 'sent by all', seen: /[1-9]\d* sent by all/u },
];
const PATIENCE_MS = 240_000;

describe('a campaign without', () => {
  const summaryOf = async (...args: string[]) => {
    const { code, summary, log } = await runChaos(...args);
    return { code, log, ...summary };
  };

  it(
    'the lock finds orders twice',
    async () => {
      const found = await summaryOf(...UNTIL_FOUND, ...STARTS, '--without', 'lock');
      expect(found).toMatchObject({ code: 1 });
      expect(found.duplicated).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    "the WMS's key finds orders twice",
    async () => {
      const found = await summaryOf(...UNTIL_FOUND, ...LOSSES, '--without', 'wms-key');
      expect(found).toMatchObject({ code: 1 });
      expect(found.duplicated).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'the look at the lease finds orders twice, where a look-up that finds nothing sends again',
    async () => {
      const found = await summaryOf(...UNTIL_FOUND, ...STOPS, '--without', 'lease');
      expect(found).toMatchObject({ code: 1 });
      expect(found.duplicated).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'the workflow ID finds second runs, and no order twice',
    async () => {
      const found = await summaryOf(...TO_THE_END, ...STARTS, '--without', 'workflow-id');
      expect(found).toMatchObject({ code: 1, duplicated: 0 });
      expect(found.secondRuns).toBeGreaterThan(0);
    },
    PATIENCE_MS,
  );

  it(
    'any of them, by contrast, finds no order twice at the same weak WMSes',
    async () => {
      const moments = new Set<string>();
      for (let run = 0; run < 3 && moments.size < MET.length; run += 1) {
        const found = await summaryOf(...TO_THE_END, ...BOTH, '--look-up-only', 'resend');
        expect(found).toMatchObject({ code: 0, duplicated: 0, secondRuns: 0, lost: 0, oversold: 0 });
        for (const { says, seen } of MET) if (seen.test(found.log)) moments.add(says);
      }
      expect([...moments].toSorted()).toEqual(MET.map(({ says }) => says).toSorted());
    },
    2 * PATIENCE_MS,
  );
});
