import { wmsAdapters } from '../../activities/wms/registry';
import { describeWms } from './wms/contract';
import { wmsFixtures } from './wms/fixtures';

for (const adapter of wmsAdapters) {
  const fixture = wmsFixtures[adapter.name];
  if (!fixture) throw new Error(`test/contract/wms/fixtures.ts has no fixture for ${adapter.name}`);
  describeWms(adapter, fixture);
}
