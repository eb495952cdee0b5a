import { UndecodableRecord } from '../../../domain/errors';
import type { OrderPart } from '../../../domain/order';
import type { SourceAdapter, SourceCapabilities } from '../source';
import { parseRecord } from './parse-record';
import { readRows } from './read-rows';

const capabilities: SourceCapabilities = {
  collects: false,
  maxWindowHours: 24,
  lookBackDays: null,
  acknowledges: 'not-at-all',
  cancellations: { beforeShipping: false, afterShipping: false, partial: false, answered: false },
  uploadsPerCall: 0,
  correctsTracking: false,
  stockPerCall: 0,
  callsPerMinute: null,
};

/** Files that a person gives (`boosta import`): its records are stored by that, so there is nothing to fetch. */
export const upload: SourceAdapter = {
  name: 'upload',
  capabilities,
  async connect() {
    return {
      capabilities,
      async *fetchRecords() {
        yield* [];
      },
      decode,
      async uploadTracking(uploads) {
        if (uploads.length > 0) throw new RangeError('An uploaded file takes no tracking numbers');
        return [];
      },
      close: async () => undefined,
    };
  },
};

function decode(body: Uint8Array): OrderPart {
  const { part, problems } = readRows(parseRecord(body));
  const [first] = problems;
  if (first === undefined) return part;
  throw new UndecodableRecord(first.field, `row ${first.row} ${first.message}`);
}
