import type { Source, SourceAdapter, SourceCapabilities } from '../source';
import { Account } from './account';
import { acknowledge, reread } from './acknowledge';
import { answerClaim } from './answer-claim';
import { decode } from './decode';
import { fetchRecords } from './fetch-records';
import { pushStock } from './push-stock';
import { settingsSchema } from './settings';
import { uploadTracking } from './upload-tracking';

/** 11st takes one thing a call: so many calls are made for one of ours. */
const TOGETHER = 10;

const capabilities: SourceCapabilities = {
  collects: true,
  maxWindowHours: 7 * 24,
  // Not documented.
  lookBackDays: null,
  acknowledges: { perCall: TOGETHER },
  cancellations: { beforeShipping: true, afterShipping: true, partial: true, answered: true },
  uploadsPerCall: TOGETHER,
  correctsTracking: false,
  stockPerCall: TOGETHER,
  // Not documented.
  callsPerMinute: null,
};

/** 11번가's seller API. */
export const elevenst: SourceAdapter = {
  name: 'elevenst',
  capabilities,
  async connect(settings, tools): Promise<Source> {
    const account = new Account(settingsSchema.parse(settings), tools);
    const atMost = <T>(things: readonly T[]): readonly T[] => {
      if (things.length > TOGETHER) throw new RangeError(`At most ${TOGETHER} a call`);
      return things;
    };
    return {
      capabilities,
      fetchRecords: (window, from) => fetchRecords(account, window, from),
      decode: (body) => decode(body, account.settings),
      uploadTracking: async (uploads) => uploadTracking(account, atMost(uploads)),
      acknowledge: async (recordIds) => acknowledge(account, atMost(recordIds)),
      reread: (recordIds) => reread(account, recordIds),
      answerClaim: (answer) => answerClaim(account, answer),
      pushStock: async (levels) => pushStock(account, atMost(levels)),
      close: async () => undefined,
    };
  },
};
