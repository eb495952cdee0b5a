import { wmsAdapters } from '../../activities/wms/registry';
import type { WmsCapabilities } from '../../activities/wms/wms';
import { type PromiseClass, promiseClass } from '../../domain/promise-class';

export interface WmsKind extends WmsCapabilities {
  readonly name: string;
  readonly class: PromiseClass;
}

/** Every kind of WMS that can be connected, and what it promises. */
export function listWmsKinds(): WmsKind[] {
  return wmsAdapters.map(({ name, capabilities }) => ({
    name,
    class: promiseClass(capabilities),
    ...capabilities,
  }));
}

export const KIND_COLUMNS = [
  'kind',
  'class',
  'a repeated code',
  'look-up',
  'list',
  'orders a call',
  'calls a minute',
  'stock',
  'cancels',
] as const;

/** One kind as people read it, in the order of {@link KIND_COLUMNS}. */
export function kindCells(kind: WmsKind): string[] {
  return [
    kind.name,
    kind.class,
    kind.onRepeat,
    lag(kind.lookup),
    lag(kind.list),
    String(kind.ordersPerCall),
    String(kind.callsPerMinute),
    kind.stock,
    kind.cancels ? 'yes' : 'no',
  ];
}

function lag(offer: WmsCapabilities['lookup']): string {
  if (offer === 'none') return 'none';
  const seconds = offer.visibleAfterSeconds;
  if (seconds === 0) return 'at once';
  return seconds < 7_200 ? `within ${seconds} s` : `within ${seconds / 3_600} h`;
}
