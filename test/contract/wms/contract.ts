import type { Wms, WmsAdapter } from '../../../activities/wms/wms';
import { WmsBench } from './bench';
import { cancelContract } from './cancelling';
import { connectContract } from './connecting';
import { createContract } from './creating';
import { faultContract } from './faults';
import type { WmsFixture } from './fixtures';
import { listContract } from './listing';
import { permitContract } from './permitting';
import { previewContract } from './previewing';
import { shippingContract } from './shipping';

/** What every adapter owes the dispatch protocol, on real HTTP, compared with the stand-in's own ledger. */
export function describeWms(adapter: WmsAdapter, fixture: WmsFixture): void {
  describe(adapter.name, () => {
    const bench = new WmsBench(adapter, fixture);
    let wms: Wms;
    beforeAll(async () => {
      await bench.start();
      wms = bench.connect();
    });
    afterEach(async () => bench.faults());
    afterAll(() => bench.stop());

    describe('creating', () => createContract(bench, () => wms));
    describe('under faults', () => faultContract(bench, () => wms));
    describe('finding and cancelling', () => cancelContract(bench, () => wms));
    describe('listing', () => listContract(bench, () => wms));
    describe('looking at an order', () => previewContract(bench, adapter));
    describe('connecting', () => connectContract(bench, () => wms));
    describe('permitted', () => permitContract(bench, () => wms));
    describe('shipping', () => shippingContract(bench, () => wms));
  });
}
