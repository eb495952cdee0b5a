import { sourceAdapters } from '../../activities/sources/registry';
import { describeAcknowledging } from './sources/acknowledging';
import { openBench } from './sources/bench';
import { describeClaiming } from './sources/claiming';
import { describeCollecting } from './sources/collecting';
import { describeStocking } from './sources/stocking';
import { describeTracking } from './sources/tracking';

/** What every adapter of the registry promises; its own tests add its quirks only. */
describe.each(sourceAdapters.filter(({ capabilities }) => capabilities.collects))(
  'the source $name',
  (adapter) => {
    const bench = openBench(adapter);
    describeCollecting(bench);
    if (adapter.capabilities.uploadsPerCall > 0) describeTracking(bench);
    if (typeof adapter.capabilities.acknowledges === 'object') describeAcknowledging(bench);
    if (adapter.capabilities.cancellations.answered) describeClaiming(bench);
    if (adapter.capabilities.stockPerCall > 0) describeStocking(bench);
  },
);
