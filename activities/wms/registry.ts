import { fassto } from './fassto';
import { poomgo } from './poomgo';
import { sabangnetFulfillment } from './sabangnet-fulfillment';
import { shipBob } from './shipbob';
import { shipHero } from './shiphero';
import { shipStation } from './shipstation';
import type { WmsAdapter } from './wms';

/** Every kind of WMS there is; a connection names one of them. */
export const wmsAdapters: readonly WmsAdapter[] = [
  sabangnetFulfillment,
  shipStation,
  shipBob,
  shipHero,
  poomgo,
  fassto,
];

/** @throws RangeError naming what there is instead. */
export function wmsAdapter(name: string): WmsAdapter {
  const found = wmsAdapters.find((adapter) => adapter.name === name);
  if (found) return found;
  throw new RangeError(
    `no WMS adapter ${name}; there are ${wmsAdapters.map((each) => each.name).join(', ')}`,
  );
}
