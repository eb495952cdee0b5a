import { WAITING_REASONS } from './stage';

/** Every kind of trouble that a person is shown; the first ones stop an order. */
export const TASK_KINDS = [
  ...WAITING_REASONS,
  'tracking_refused',
  'unknown_carrier',
  'undecodable',
  'wms_unreachable',
  'collection_failed',
  'collection_gap',
  'source_conflict',
  'changed_too_late',
  'late_line',
  'exchange_requested',
  'return_not_booked',
  'claim_unanswered',
  'ship_by_passed',
  'stock_not_told',
  'source_untold',
  'shipment_unmatched',
  'double_in_wms',
  'missing_in_wms',
  'surplus_in_wms',
  'rest_not_sent',
  'stock_low',
  'alert_not_sent',
  'source_quiet',
  'sales_differ',
] as const;
export type TaskKind = (typeof TASK_KINDS)[number];

/** The next safe action for each kind, as a person at a terminal would do it. */
export const NEXT_ACTION: Readonly<Record<TaskKind, string>> = {
  deal_changed:
    'boosta match show --order KEY says what has changed; then boosta match confirm --order KEY --reason …, or boosta match add --order KEY --configuration CODE',
  not_acknowledged:
    'look the order up at the channel; then boosta orders rematch KEY, or boosta orders cancel KEY --reason …',
  unknown_deal: 'boosta match add --order KEY --configuration CODE (boosta match configurations lists them)',
  held: 'boosta orders release KEY --reason … once the reason is gone',
  shortage:
    'wait for stock: the order goes on by itself, the oldest first; or boosta orders split KEY --available --reason …',
  no_route: 'boosta routes set --channel CHANNEL --item ITEM --wms WMS (either may be left out)',
  rejected: 'mend what the WMS named, then boosta dispatch resolve KEY --not-received --reason …',
  unknown_outcome:
    'look the order up in the WMS, then boosta dispatch resolve KEY --received | --not-received --reason …',
  cancel_unknown:
    'boosta orders cancel (or move) KEY --reason … asks the WMS again; what it cannot tell, look up there, then boosta dispatch resolve KEY --cancelled | --ships --reason …',
  failed: 'boosta doctor, mend what it names, then boosta orders rematch KEY',
  tracking_refused: 'enter the tracking number at the channel by hand, then boosta tasks close ID --reason …',
  unknown_carrier:
    'enter the tracking number at the channel by hand, then boosta tasks close ID --reason …; name the carrier in carrierCodes of the connection',
  undecodable:
    "boosta raw show ID, then mend the order at its source, or mend the connection's settings; the next collection reads it again (an older day: boosta collect SOURCE --from … --to …)",
  wms_unreachable: 'boosta doctor; orders for this WMS go on by themselves once it answers',
  collection_failed: 'boosta doctor, then boosta collect SOURCE --from … --to …',
  collection_gap:
    'the source gives nothing older any more: compare its own list of those days with boosta orders list, then boosta tasks close ID --reason …',
  source_conflict:
    'compare both records (boosta orders show KEY), mend the line numbers in the settings of one connection; then boosta tasks close ID --reason …',
  late_line:
    'boosta orders take-change KEY --reason … sends it too; or settle it with the customer and boosta tasks close ID --reason …',
  exchange_requested: 'arrange the exchange with the customer; then boosta tasks close ID --reason …',
  return_not_booked:
    'boosta returns add KEY --number N --line LINE --reason …, once it is clear what came back',
  claim_unanswered: 'answer the claim at the channel by hand, then boosta tasks close ID --reason …',
  ship_by_passed: 'boosta orders show KEY says what it waits for; it closes once the order has shipped',
  stock_not_told: "set the listing's stock at the channel by hand, then boosta tasks close ID --reason …",
  source_untold: 'boosta doctor; it is told again on schedule, and closes once it hears',
  changed_too_late: 'tell the customer: the WMS already has the order as it was',
  shipment_unmatched:
    'ask the WMS what it shipped; what a customer waits for, tell the channel by hand, then boosta tasks close ID --reason …',
  double_in_wms: 'have the WMS cancel one of the orders under this code',
  missing_in_wms:
    'ask the WMS what became of it; boosta orders move KEY --to WMS --reason … has it sent anew',
  surplus_in_wms: 'have the WMS cancel the order under this code, before it ships it',
  rest_not_sent:
    'have the rest sent by hand, or refund it at the channel; then boosta tasks close ID --reason …',
  stock_low:
    'have more of it delivered, or change the level: boosta stock set --wms WMS --item ITEM --warn N; it closes once there is more',
  alert_not_sent:
    'mend the rule in the console (Settings, Alerts), and send a test message; it closes once one arrives',
  source_quiet: 'boosta doctor; boosta coverage SOURCE shows what was read; it closes once it is read again',
  sales_differ:
    'boosta sales check shows where; boosta sales mend --reason … makes the sums anew, and it closes',
};
