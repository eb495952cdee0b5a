import type { DispatchState } from '../../../../domain/dispatch-protocol';
import { DISPATCH_STATE_NAMES } from '../../../../domain/korean/names';
import { dictionary } from '../../words';

/** How a dispatch stands. */
export const stateWords = dictionary<Record<DispatchState, string>>(DISPATCH_STATE_NAMES, {
  ready: 'Ready',
  held: 'Held',
  sending: 'Sending',
  accepted: 'Accepted',
  rejected: 'Rejected',
  unknown: 'Unknown',
  superseded: 'Superseded',
  cancelling: 'Cancelling',
  cancel_unknown: 'Cancellation unknown',
  cancelled: 'Cancelled',
  shipped: 'Shipped',
});

const COLORS: Partial<Record<DispatchState, string>> = {
  unknown: 'red',
  cancel_unknown: 'red',
  rejected: 'orange',
  held: 'yellow',
  accepted: 'indigo',
  shipped: 'green',
};

export function colorOf(state: DispatchState): string {
  return COLORS[state] ?? 'gray';
}

/** Columns and words that several sections share. */
export const commonWords = dictionary(
  {
    order: '주문',
    code: 'WMS 코드',
    wms: 'WMS',
    state: '상태',
    made: '만든 때',
    problem: '내용',
    anyChannel: '모든 채널',
    anyItem: '모든 품목',
    channel: '채널',
    item: '품목',
    evidence: '근거 보기',
    noWms: '아직 정하지 않음',
  },
  {
    order: 'Order',
    code: 'WMS code',
    wms: 'WMS',
    state: 'State',
    made: 'Made',
    problem: 'Says',
    anyChannel: 'Any channel',
    anyItem: 'Any item',
    channel: 'Channel',
    item: 'Item',
    evidence: 'Evidence',
    noWms: 'Not chosen yet',
  },
);
