import { inParallel } from '../../parallel';
import type { FetchedRecord, Source, SourceAdapter, SourceCapabilities } from '../source';
import { acknowledge } from './acknowledge';
import { answerClaim } from './answer-claim';
import { Wing } from './client';
import { decode } from './decode';
import { fetchRecords } from './fetch-records';
import { rereadRecord } from './parcel';
import { pushStock } from './push-stock';
import { settingsSchema } from './settings';
import { uploadTracking } from './upload-tracking';

const PARCELS_PER_CALL = 50;
const READS_AT_ONCE = 4;

const capabilities: SourceCapabilities = {
  collects: true,
  // A sheet is asked for by the minute, within less than 24 hours a question, and a window is cut into questions.
  maxWindowHours: 24,
  lookBackDays: null,
  acknowledges: { perCall: PARCELS_PER_CALL },
  cancellations: { beforeShipping: true, afterShipping: true, partial: true, answered: true },
  // Assumed: as many as are acknowledged at once; no limit is documented.
  uploadsPerCall: PARCELS_PER_CALL,
  correctsTracking: true,
  stockPerCall: 1,
  // Ten calls a second are too many, and block the seller for minutes (Open API 속도제한 정책, 2023); half of it is safe.
  callsPerMinute: 300,
};

/** 쿠팡 Wing, by its Open API. */
export const coupang: SourceAdapter = {
  name: 'coupang',
  capabilities,
  async connect(given, tools): Promise<Source> {
    const settings = settingsSchema.parse(given);
    const wing = new Wing(settings, tools);
    return {
      capabilities,
      fetchRecords: (window, from) => fetchRecords(wing, window, from),
      decode: (body) => decode(body, settings),
      async uploadTracking(uploads) {
        atMost(PARCELS_PER_CALL, uploads, 'parcels');
        return uploadTracking(wing, uploads);
      },
      async acknowledge(recordIds) {
        atMost(PARCELS_PER_CALL, recordIds, 'records');
        return acknowledge(wing, recordIds);
      },
      async reread(recordIds) {
        const found: FetchedRecord[] = [];
        await inParallel(READS_AT_ONCE, recordIds, async (recordId) => {
          found.push(...(await rereadRecord(wing, recordId)));
        });
        return found;
      },
      answerClaim: (answer) => answerClaim(wing, answer),
      async pushStock(levels) {
        atMost(capabilities.stockPerCall, levels, 'listings');
        return pushStock(wing, levels);
      },
      close: async () => undefined,
    };
  },
};

function atMost(most: number, given: readonly unknown[], what: string): void {
  if (given.length > most) throw new RangeError(`At most ${most} ${what} a call`);
}
