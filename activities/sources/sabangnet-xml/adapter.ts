import type { Source, SourceAdapter, SourceCapabilities } from '../source';
import { decode } from './decode';
import { fetchRecords } from './fetch-records';
import { Hub } from './hub';
import { settingsSchema } from './settings';
import { uploadTracking } from './upload-tracking';

const capabilities: SourceCapabilities = {
  collects: true,
  // Assumed: no limit is documented; a week of a large shop still fits one answer.
  maxWindowHours: 7 * 24,
  lookBackDays: null,
  acknowledges: 'by-reading',
  cancellations: { beforeShipping: true, afterShipping: true, partial: false, answered: false },
  uploadsPerCall: 100,
  correctsTracking: true,
  stockPerCall: 0,
  callsPerMinute: null,
};

/** 사방넷's XML hub (RTL_API), which most sellers have. */
export const sabangnetXml: SourceAdapter = {
  name: 'sabangnet-xml',
  capabilities,
  async connect(settings, tools): Promise<Source> {
    const hub = await Hub.open(settingsSchema.parse(settings), tools);
    return {
      capabilities,
      fetchRecords: (window, from) => fetchRecords(hub, window, from),
      decode: (body) => decode(body, hub.settings),
      async uploadTracking(uploads) {
        if (uploads.length > capabilities.uploadsPerCall)
          throw new RangeError(`At most ${capabilities.uploadsPerCall} parcels a call`);
        return uploadTracking(hub, uploads);
      },
      close: () => hub.close(),
    };
  },
};
