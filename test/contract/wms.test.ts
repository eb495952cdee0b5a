import { wmsAdapters } from '../../activities/wms/registry';
import { describeWms } from './wms/contract';
import { fixtureOf } from './wms/fixtures';

for (const adapter of wmsAdapters) describeWms(adapter, fixtureOf(adapter.name));
