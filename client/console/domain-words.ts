import { STAGE_NAMES, TASK_NAMES, WAITING_NAMES } from '../../domain/korean/names';
import type { Stage, WaitingReason } from '../../domain/stage';
import type { TaskKind } from '../../domain/task';
import { dictionary } from './words';

/** How far an order has come. */
export const stageWords = dictionary<Record<Stage, string>>(STAGE_NAMES, {
  collected: 'Collected',
  normalized: 'To be matched',
  matched: 'To be sent to the WMS',
  dispatched: 'At the WMS',
  booked: 'Shipped',
  done: 'Done',
  cancelled: 'Cancelled',
});

/** What an order waits for. */
export const waitingWords = dictionary<Record<WaitingReason, string>>(WAITING_NAMES, {
  not_acknowledged: 'Not acknowledged',
  unknown_deal: 'Unknown deal',
  held: 'Held',
  shortage: 'Short of stock',
  no_route: 'No WMS to send it to',
  rejected: 'Rejected by the WMS',
  unknown_outcome: 'Outcome unknown',
  cancel_unknown: 'Cancellation unknown',
  failed: 'Failed',
  deal_changed: 'Changed deal',
});

/** Every kind of task; the first ones are what orders wait for. */
export const taskWords = dictionary<Record<TaskKind, string>>(TASK_NAMES, {
  ...waitingWords.en,
  tracking_refused: 'Tracking number refused',
  unknown_carrier: 'Unknown carrier',
  undecodable: 'Raw record that cannot be read',
  wms_unreachable: 'WMS does not answer',
  collection_failed: 'Collection failed',
  collection_gap: 'Time that was not collected',
  source_conflict: 'Sources contradict each other',
  changed_too_late: 'Changed after it was sent',
  late_line: 'Line added too late',
  exchange_requested: 'Exchange asked for',
  return_not_booked: 'Return not booked',
  claim_unanswered: 'Claim unanswered',
  ship_by_passed: 'Ship-by date passed',
  stock_not_told: 'Stock refused by the channel',
  source_untold: 'Source not told',
  shipment_unmatched: 'Shipment without an order',
  double_in_wms: 'Twice in the WMS',
  missing_in_wms: 'Missing in the WMS',
  surplus_in_wms: 'Only in the WMS',
  rest_not_sent: 'Rest not sent',
  stock_low: 'Stock is low',
  alert_not_sent: 'Alert not sent',
  source_quiet: 'Source gone quiet',
  sales_differ: 'Sums of the sales differ',
});

/** The next safe action for each kind of task, as a person in the console does it. */
export const nextActionWords = dictionary<Record<TaskKind, string>>(
  {
    not_acknowledged: '채널에서 주문을 확인한 뒤, 주문 페이지에서 다시 매칭하거나 취소합니다.',
    unknown_deal: '이 딜이 어느 판매 구성안인지 매칭에서 정합니다.',
    deal_changed: '채널이 딜의 표기나 가격을 바꿨습니다. 매칭에서 차이를 보고 확인하거나 다시 정합니다.',
    held: '보류 사유가 없어지면 주문 페이지에서 보류를 풉니다.',
    shortage: '재고가 들어오면 오래된 주문부터 저절로 진행됩니다. 급하면 있는 만큼만 먼저 보냅니다.',
    no_route: '이 채널이나 품목을 어느 WMS로 보낼지 출고 경로에서 정합니다.',
    rejected: 'WMS가 말한 문제를 고친 뒤, 주문 페이지에서 다시 보냅니다.',
    unknown_outcome: 'WMS에서 주문이 있는지 확인한 뒤, 접수됨 또는 접수 안 됨으로 답합니다.',
    cancel_unknown: '다시 취소하면 WMS에 또 묻습니다. 그래도 모르면 WMS에서 확인한 뒤 답합니다.',
    failed: '사유를 고친 뒤 주문 페이지에서 다시 매칭합니다.',
    tracking_refused: '채널에 송장번호를 직접 입력한 뒤 할 일을 닫습니다.',
    unknown_carrier: '채널에 송장번호를 직접 입력하고, 연동 설정에 택배사 코드를 추가한 뒤 할 일을 닫습니다.',
    undecodable: '원문을 보고 수집처에서 주문을 고치거나 연동 설정을 고칩니다. 다음 수집 때 다시 읽습니다.',
    wms_unreachable: '연동을 시험합니다. WMS가 답하면 주문은 저절로 진행됩니다.',
    collection_failed: '연동을 시험한 뒤 지금 수집하거나 그 기간을 다시 수집합니다.',
    collection_gap: '수집처의 그 기간 목록을 주문 목록과 비교한 뒤 할 일을 닫습니다.',
    source_conflict: '두 원문을 비교하고 한 연동의 줄 번호 설정을 고친 뒤 할 일을 닫습니다.',
    changed_too_late: '고객에게 알립니다. WMS는 바뀌기 전 주문을 가지고 있습니다.',
    late_line: '주문 페이지에서 추가된 줄도 보내거나, 고객과 정리한 뒤 할 일을 닫습니다.',
    exchange_requested: '고객과 교환을 정한 뒤 할 일을 닫습니다.',
    return_not_booked: '무엇이 돌아왔는지 확인한 뒤 주문 페이지에서 반품을 입력합니다.',
    claim_unanswered: '채널에서 클레임에 직접 답한 뒤 할 일을 닫습니다.',
    ship_by_passed: '주문 페이지에서 무엇을 기다리는지 봅니다. 출고되면 저절로 닫힙니다.',
    stock_not_told: '채널에서 그 상품의 재고를 직접 고친 뒤 할 일을 닫습니다.',
    source_untold: '연동을 시험합니다. 정해진 때 다시 전달하고, 전달되면 저절로 닫힙니다.',
    shipment_unmatched: 'WMS에 무엇을 보냈는지 묻고, 고객이 기다리면 채널에 직접 알린 뒤 할 일을 닫습니다.',
    double_in_wms: '이 코드의 주문 중 하나를 WMS에서 취소하게 합니다.',
    missing_in_wms: 'WMS에 어떻게 되었는지 묻고, 필요하면 주문 페이지에서 다시 보냅니다.',
    surplus_in_wms: '출고되기 전에 이 코드의 주문을 WMS에서 취소하게 합니다.',
    rest_not_sent: '나머지를 직접 보내거나 채널에서 환불한 뒤 할 일을 닫습니다.',
    stock_low: '입고를 요청하거나 알림 기준을 바꿉니다. 재고가 늘면 저절로 닫힙니다.',
    alert_not_sent: '설정의 알림에서 받는 곳을 고친 뒤 시험 전송을 해 봅니다. 다시 전송되면 닫힙니다.',
    source_quiet: '수집 일정이 멈췄는지, 연동이 되는지 확인합니다. 다시 수집되면 닫힙니다.',
    sales_differ: '매출의 대조에서 다른 날을 보고 합계를 다시 만듭니다. 맞으면 닫힙니다.',
  },
  {
    not_acknowledged: 'Look the order up at the channel; then match it again or cancel it on its page.',
    unknown_deal: 'Decide on the matching page which configuration this deal is.',
    deal_changed:
      'The channel has changed the wording or price of the deal: see the difference on the matching page, and confirm it or decide anew.',
    held: 'Release it on its page once the reason is gone.',
    shortage:
      'It goes on by itself once there is stock, the oldest first; if it is urgent, send what there is.',
    no_route: 'Say in the routing to which WMS this channel or item goes.',
    rejected: 'Mend what the WMS named, then send it again on its page.',
    unknown_outcome: 'Look the order up in the WMS, then answer whether it was received.',
    cancel_unknown: 'Cancelling again asks the WMS again; what it cannot tell, look up there, then answer.',
    failed: 'Mend the reason, then match it again on its page.',
    tracking_refused: 'Enter the tracking number at the channel by hand, then close the task.',
    unknown_carrier:
      'Enter the tracking number at the channel by hand, name the carrier in the settings of the connection, then close the task.',
    undecodable:
      'Look at the raw record, mend the order at its source or the settings of the connection; the next collection reads it again.',
    wms_unreachable: 'Test the connection; orders go on by themselves once the WMS answers.',
    collection_failed: 'Test the connection, then collect now or collect that time again.',
    collection_gap: "Compare the source's own list of that time with the orders here, then close the task.",
    source_conflict:
      'Compare both records, mend the line numbers in the settings of one connection, then close the task.',
    changed_too_late: 'Tell the customer: the WMS has the order as it was.',
    late_line: 'Send the added line too, on its page; or settle it with the customer and close the task.',
    exchange_requested: 'Arrange the exchange with the customer, then close the task.',
    return_not_booked: 'Enter the return on the page of the order, once it is clear what came back.',
    claim_unanswered: 'Answer the claim at the channel by hand, then close the task.',
    ship_by_passed: 'Its page says what it waits for; the task closes once it has shipped.',
    stock_not_told: 'Set the stock at the channel by hand, then close the task.',
    source_untold: 'Test the connection; it is told again on schedule, and the task closes once it hears.',
    shipment_unmatched:
      'Ask the WMS what it shipped; what a customer waits for, tell the channel by hand, then close the task.',
    double_in_wms: 'Have the WMS cancel one of the orders under this code.',
    missing_in_wms: 'Ask the WMS what became of it; send it anew on its page if need be.',
    surplus_in_wms: 'Have the WMS cancel the order under this code, before it ships it.',
    rest_not_sent: 'Send the rest by hand or refund it at the channel, then close the task.',
    stock_low: 'Have more delivered, or change the level of the warning; it closes once there is more.',
    alert_not_sent:
      'Mend where it is sent to under Settings, Alerts, and send a test; it closes once it is sent again.',
    source_quiet:
      'See whether its schedule is paused and the connection works; it closes once it is collected again.',
    sales_differ: 'Look at the days that differ under Sales, Check, and make the sums anew; it closes then.',
  },
);
