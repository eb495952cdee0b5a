import type { DispatchState } from '../dispatch-protocol';
import type { Stage, WaitingReason } from '../stage';
import type { TaskKind } from '../task';

/** How far an order has come. */
export const STAGE_NAMES: Readonly<Record<Stage, string>> = {
  collected: '수집됨',
  normalized: '매칭 전',
  matched: '출고 요청 전',
  dispatched: '출고 중',
  booked: '출고됨',
  done: '완료',
  cancelled: '취소됨',
};

/** What an order waits for. */
export const WAITING_NAMES: Readonly<Record<WaitingReason, string>> = {
  not_acknowledged: '발주 확인 안 됨',
  unknown_deal: '모르는 딜',
  held: '보류',
  shortage: '재고 부족',
  no_route: '보낼 WMS 없음',
  rejected: 'WMS가 거절함',
  unknown_outcome: '출고 요청 결과 불명',
  cancel_unknown: '출고 취소 결과 불명',
  failed: '처리 실패',
  deal_changed: '바뀐 딜',
};

/** Every kind of task. */
export const TASK_NAMES: Readonly<Record<TaskKind, string>> = {
  ...WAITING_NAMES,
  tracking_refused: '송장 등록 거절됨',
  unknown_carrier: '모르는 택배사',
  undecodable: '읽을 수 없는 수집 원문',
  wms_unreachable: 'WMS 응답 없음',
  collection_failed: '수집 실패',
  collection_gap: '수집되지 않은 기간',
  source_conflict: '수집처 간 내용 충돌',
  changed_too_late: '출고 요청 후 변경',
  late_line: '늦게 추가된 주문 줄',
  exchange_requested: '교환 요청',
  return_not_booked: '반영되지 않은 반품',
  claim_unanswered: '답하지 못한 클레임',
  ship_by_passed: '발송 기한 지남',
  stock_not_told: '재고 등록 거절됨',
  source_untold: '수집처에 전달 안 됨',
  shipment_unmatched: '주문 없는 출고',
  double_in_wms: 'WMS에 두 번 있음',
  missing_in_wms: 'WMS에 없음',
  surplus_in_wms: 'WMS에만 있음',
  rest_not_sent: '보내지 않은 나머지',
  stock_low: '재고 적음',
  alert_not_sent: '알림 전송 실패',
  source_quiet: '조용해진 수집처',
  sales_differ: '매출 합계 불일치',
};

/** How far a dispatch has come. */
export const DISPATCH_STATE_NAMES: Readonly<Record<DispatchState, string>> = {
  ready: '출고 요청 전',
  held: '보류',
  sending: '요청 중',
  accepted: '접수됨',
  rejected: '거절됨',
  unknown: '결과 불명',
  superseded: '새 요청으로 바뀜',
  cancelling: '취소 중',
  cancel_unknown: '취소 결과 불명',
  cancelled: '취소됨',
  shipped: '출고됨',
};
