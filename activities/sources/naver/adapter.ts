import type { Source, SourceAdapter, SourceCapabilities } from '../source';
import { acknowledge } from './acknowledge';
import { answerClaim } from './answer-claim';
import { NaverClient } from './client';
import { decode } from './decode';
import { allDetails, recordsOf } from './details';
import { DISPATCHES_PER_CALL } from './dispatch';
import { fetchRecords } from './fetch-records';
import { pushStock } from './push-stock';
import { productOrderOf } from './record';
import { settingsSchema } from './settings';
import { uploadTracking } from './upload-tracking';

const CONFIRMS_PER_CALL = 30;
/** Two calls for each product that they are of. */
const LISTINGS_PER_CALL = 20;

const capabilities: SourceCapabilities = {
  collects: true,
  maxWindowHours: 24,
  lookBackDays: null,
  acknowledges: { perCall: CONFIRMS_PER_CALL },
  cancellations: { beforeShipping: true, afterShipping: true, partial: true, answered: true },
  uploadsPerCall: DISPATCHES_PER_CALL,
  // No call of the reference (2.88) replaces a tracking number; the seller center does.
  correctsTracking: false,
  stockPerCall: LISTINGS_PER_CALL,
  // An application of one store has two calls a second of each kind; one limit for all of them keeps below it.
  callsPerMinute: 120,
};

/** Naver Commerce API (커머스API): SmartStore 스마트스토어. */
export const naver: SourceAdapter = {
  name: 'naver',
  capabilities,
  async connect(given, tools): Promise<Source> {
    const settings = settingsSchema.parse(given);
    const client = new NaverClient(settings, tools);
    return {
      capabilities,
      fetchRecords: (window, from) => fetchRecords(client, window, from),
      decode: (body) => decode(body, settings),
      async uploadTracking(uploads) {
        atMost(capabilities.uploadsPerCall, uploads, 'parcels');
        return uploadTracking(client, uploads);
      },
      async acknowledge(recordIds) {
        atMost(CONFIRMS_PER_CALL, recordIds, 'records');
        return acknowledge(client, recordIds);
      },
      async reread(recordIds) {
        const wanted = new Set(recordIds);
        const details = await allDetails(client, [...new Set(recordIds.map(productOrderOf))]);
        return details.flatMap(recordsOf).filter(({ recordId }) => wanted.has(recordId));
      },
      answerClaim: (answer) => answerClaim(client, answer),
      async pushStock(levels) {
        atMost(LISTINGS_PER_CALL, levels, 'listings');
        return pushStock(client, levels);
      },
      close: async () => undefined,
    };
  },
};

function atMost(most: number, given: readonly unknown[], what: string): void {
  if (given.length > most) throw new RangeError(`At most ${most} ${what} a call`);
}
