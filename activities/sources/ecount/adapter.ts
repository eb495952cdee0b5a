import type { Source, SourceAdapter, SourceCapabilities } from '../source';
import { decode } from './decode';
import { Erp } from './erp';
import { fetchRecords } from './fetch-records';
import { settingsSchema } from './settings';

const capabilities: SourceCapabilities = {
  collects: true,
  // A list spans 30 days at most; a week and the days read again fit.
  maxWindowHours: 7 * 24,
  // Not documented.
  lookBackDays: null,
  acknowledges: 'not-at-all',
  // A slip that somebody deletes is not in the list any more, and nothing tells of it.
  cancellations: { beforeShipping: false, afterShipping: false, partial: false, answered: false },
  // No call of the ERP takes tracking numbers: whoever ran the group purchase is told otherwise.
  uploadsPerCall: 0,
  correctsTracking: false,
  stockPerCall: 0,
  // 6,000 calls an hour.
  callsPerMinute: 100,
};

/** 이카운트 ERP, where a company types in what was sold in group purchases (공동구매). */
export const ecount: SourceAdapter = {
  name: 'ecount',
  capabilities,
  async connect(settings, tools): Promise<Source> {
    const erp = new Erp(settingsSchema.parse(settings), tools);
    return {
      capabilities,
      fetchRecords: (window, from) => fetchRecords(erp, window, from),
      decode: (body) => decode(body, erp.settings),
      async uploadTracking(uploads) {
        if (uploads.length > 0) throw new RangeError('ECOUNT takes no tracking numbers');
        return [];
      },
      close: async () => undefined,
    };
  },
};
