import { WAITING_REASONS } from './stage';
import type { TaskKind } from './task';

const PLACE: Readonly<Record<TaskKind, `/${string}` | 'order'>> = {
  not_acknowledged: 'order',
  unknown_deal: '/matching',
  deal_changed: '/matching',
  held: 'order',
  shortage: '/stock',
  no_route: '/dispatch/routes',
  rejected: 'order',
  unknown_outcome: '/dispatch/unknown',
  cancel_unknown: '/dispatch/unknown',
  failed: 'order',
  tracking_refused: 'order',
  unknown_carrier: 'order',
  undecodable: '/collection',
  wms_unreachable: '/settings',
  collection_failed: '/collection',
  collection_gap: '/collection',
  source_conflict: 'order',
  changed_too_late: 'order',
  late_line: 'order',
  exchange_requested: 'order',
  return_not_booked: 'order',
  claim_unanswered: 'order',
  ship_by_passed: 'order',
  stock_not_told: '/stock',
  source_untold: '/settings',
  shipment_unmatched: '/dispatch',
  double_in_wms: '/dispatch/reconcile',
  missing_in_wms: '/dispatch/reconcile',
  surplus_in_wms: '/dispatch/reconcile',
  rest_not_sent: 'order',
  stock_low: '/stock',
  alert_not_sent: '/settings/alerts',
  source_quiet: '/collection',
  sales_differ: '/sales/check',
};

/**
 * Where in the console a task is solved.
 *
 * @param orderKey the order it is about; null: that of all tasks of the kind.
 */
export function placeOf(kind: TaskKind, orderKey: string | null): string {
  const place = PLACE[kind];
  if (place !== 'order') return place;
  if (orderKey !== null) return `/orders/${orderKey}`;
  return WAITING_REASONS.some((reason) => reason === kind) ? `/orders?waiting=${kind}` : `/?kind=${kind}`;
}
