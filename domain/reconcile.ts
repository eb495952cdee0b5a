import { dispatchIdOf } from './dispatch-id';
import type { DispatchState } from './dispatch-protocol';

/** An order as a WMS's own list, or its look-up, has it. */
export interface Listed {
  readonly code: string;
  readonly reference: string;
  readonly state: 'open' | 'shipped' | 'cancelled';
}

/** A dispatch as it stands here. */
export interface Ours {
  readonly code: string;
  readonly orderKey: string;
  readonly wms: string | null;
  readonly state: DispatchState;
}

export const DIFFERENCES = ['missing_in_wms', 'surplus_in_wms', 'double_in_wms'] as const;

export interface Difference {
  readonly kind: (typeof DIFFERENCES)[number];
  readonly code: string;
  /** Null: we know no such dispatch. */
  readonly orderKey: string | null;
  readonly reason: string;
}

export interface Comparison {
  readonly wms: string;
  readonly listed: readonly Listed[];
  /** Our dispatches by code, as they stood before the WMS was asked and afterwards: what moved in between is no difference. */
  readonly before: ReadonlyMap<string, Ours>;
  readonly after: ReadonlyMap<string, Ours>;
  /** Accepted long enough ago that the WMS must have told of them. */
  readonly expected: ReadonlySet<string>;
}

export interface Reconciled {
  readonly differences: readonly Difference[];
  /** Dispatches whose outcome is unknown here, and the WMS's number of the order that it has turned out to have. */
  readonly found: readonly { readonly code: string; readonly orderKey: string; readonly reference: string }[];
}

/** Where a live order in the WMS is not what we gave it to send. */
const NOT_TO_BE_THERE: readonly DispatchState[] = ['ready', 'held', 'rejected', 'cancelled', 'superseded'];

/** What Boosta takes for accepted against what a WMS says it has. */
export function reconcile({ wms, listed, before, after, expected }: Comparison): Reconciled {
  const live = new Map<string, Listed[]>();
  for (const order of listed) {
    if (order.state === 'cancelled' || dispatchIdOf(order.code) === undefined) continue;
    live.set(order.code, [...(live.get(order.code) ?? []), order]);
  }
  const differences: Difference[] = [];
  const found: { code: string; orderKey: string; reference: string }[] = [];
  for (const [code, orders] of live) {
    const ours = steady(code, before, after);
    const references = orders.map(({ reference }) => reference).join(', ');
    const orderKey = after.get(code)?.orderKey ?? null;
    if (orders.length > 1)
      differences.push({
        kind: 'double_in_wms',
        code,
        orderKey,
        reason: `${wms} has ${orders.length} live orders under ${code}: ${references}`,
      });
    const why = whySurplus(wms, ours, after.get(code));
    if (why !== undefined)
      differences.push({
        kind: 'surplus_in_wms',
        code,
        orderKey,
        reason: `${wms} has a live order under ${code} (${references}), which ${why}`,
      });
    if (ours?.state === 'unknown') found.push({ code, orderKey: ours.orderKey, reference: references });
  }
  for (const code of expected) {
    const ours = steady(code, before, after);
    if ((ours?.state !== 'accepted' && ours?.state !== 'cancelling') || live.has(code)) continue;
    const cancelled = listed.some((order) => order.code === code);
    const what = cancelled ? `${wms} has cancelled ${code}` : `${wms} does not have ${code}`;
    differences.push({
      kind: 'missing_in_wms',
      code,
      orderKey: ours.orderKey,
      reason: `${what}, which is ${ours.state} here`,
    });
  }
  return { differences, found };
}

/** Whether a difference is still there when so many live orders are found under its code. */
export function isStill({ kind }: Pick<Difference, 'kind'>, live: number): boolean {
  if (kind === 'missing_in_wms') return live === 0;
  return kind === 'double_in_wms' ? live > 1 : live > 0;
}

/** A dispatch that stood the same all the while that the WMS was asked. */
function steady(
  code: string,
  before: ReadonlyMap<string, Ours>,
  after: ReadonlyMap<string, Ours>,
): Ours | undefined {
  const now = after.get(code);
  return now !== undefined && before.get(code)?.state === now.state ? now : undefined;
}

function whySurplus(wms: string, ours: Ours | undefined, now: Ours | undefined): string | undefined {
  if (now === undefined) return 'nobody here knows';
  if (ours === undefined) return undefined;
  if (ours.wms !== null && ours.wms !== wms) return `was sent to ${ours.wms}`;
  return NOT_TO_BE_THERE.includes(ours.state) ? `is ${ours.state} here` : undefined;
}
