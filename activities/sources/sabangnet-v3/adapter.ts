import type { Source, SourceAdapter, SourceCapabilities } from '../source';
import { acknowledge } from './acknowledge';
import { HubApi } from './api';
import { decode } from './decode';
import { fetchRecords } from './fetch-records';
import { settingsSchema } from './settings';
import { uploadTracking } from './upload-tracking';

// Assumed: no limit of the rows in a call is documented but for products, 5,000.
const ROWS_PER_CALL = 100;

const capabilities: SourceCapabilities = {
  collects: true,
  // An order list covers two months at most; with the days that are read again before it, this is less.
  maxWindowHours: 28 * 24,
  lookBackDays: null,
  acknowledges: { perCall: ROWS_PER_CALL },
  cancellations: { beforeShipping: true, afterShipping: true, partial: false, answered: false },
  uploadsPerCall: ROWS_PER_CALL,
  correctsTracking: true,
  stockPerCall: 0,
  // There is a limit a second; its number is not documented.
  callsPerMinute: null,
};

/** 사방넷's JSON API (API 3.0), at its gateway. */
export const sabangnetV3: SourceAdapter = {
  name: 'sabangnet-v3',
  capabilities,
  async connect(settings, tools): Promise<Source> {
    const api = new HubApi(settingsSchema.parse(settings), tools);
    return {
      capabilities,
      fetchRecords: (window, from) => fetchRecords(api, window, from),
      decode: (body) => decode(body, api.settings),
      async uploadTracking(uploads) {
        requireAtMost(uploads.length, 'parcels');
        return uploadTracking(api, uploads);
      },
      async acknowledge(recordIds) {
        requireAtMost(recordIds.length, 'orders');
        return acknowledge(api, recordIds);
      },
      close: async () => undefined,
    };
  },
};

function requireAtMost(count: number, what: string): void {
  if (count > ROWS_PER_CALL) throw new RangeError(`At most ${ROWS_PER_CALL} ${what} a call`);
}
