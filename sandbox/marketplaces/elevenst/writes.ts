import type { EmittedLine } from '../../generator/generate-day';
import type { Route, StandInRequest, StandInResponse } from '../../stand-in/message';
import type { BookOrder } from '../book-order';
import type { Desk } from './desk';
import { dlvNoOf, linesOf, stateOf } from './rows';
import { writeResult } from './xml';

type Params = Readonly<Record<string, string>>;

const CARRIERS = new Set(['00034', '00012', '00011', '00007', '00002', '00099']);

/** What changes something at 11st, all of it by GET. */
export function writeRoutes(desk: Desk): Route[] {
  const packaging = '/rest/ordservices/reqpackaging/:ordNo/:ordPrdSeq/:addPrdYn/:addPrdNo/:dlvNo';
  const delivery = '/rest/ordservices/reqdelivery/:sendDt/:dlvMthdCd/:dlvEtprsCd/:invcNo/:dlvNo';
  const approval = '/rest/claimservice/cancelreqconf/:ordPrdCnSeq/:ordNo/:ordPrdSeq';
  const refusal =
    '/rest/claimservice/cancelreqreject/:ordNo/:ordPrdSeq/:ordPrdCnSeq/:dlvMthdCd/:sendDt/:dlvEtprsCd/:invcNo';
  return [
    route('reqpackaging', packaging, (params) => takeOver(desk, params)),
    route('reqdelivery', delivery, (params) => deliver(desk, params, allLines)),
    route('reqdelivery', `${delivery}/:partDlvYn/:ordNo/:ordPrdSeq`, (params) =>
      deliver(desk, params, namedLines),
    ),
    route('cancelreqconf', approval, (params) => approve(desk, params)),
    route('cancelreqreject', refusal, (params) => turnDown(desk, params)),
  ];
}

function route(endpoint: string, path: string, act: (params: Params) => StandInResponse): Route {
  return { method: 'GET', path, endpoint, handle: ({ params }: StandInRequest) => act(params) };
}

const NOTHING_TO_TAKE = writeResult('-3206', '이미 발주 처리 되었거나 , 발주 처리할 건이 없습니다.');

function takeOver(
  desk: Desk,
  { ordNo = '', ordPrdSeq = '', addPrdYn, addPrdNo, dlvNo }: Params,
): StandInResponse {
  const order = desk.byOrdNo(ordNo);
  const line = order && linesOf(order).find(({ lineNumber }) => lineNumber === ordPrdSeq);
  if (order === undefined || line === undefined || dlvNoOf(order) !== dlvNo) return NOTHING_TO_TAKE;
  if (addPrdYn !== 'N' || addPrdNo !== 'null') return NOTHING_TO_TAKE;
  const state = stateOf(order, line, desk.book.clock());
  if (state === 'B01') return writeResult('-3211', '주문취소된 주문건입니다.');
  if (state === '701') return writeResult('-3214', '취소처리중인 주문건입니다.');
  if (desk.isTaken(order, line)) return NOTHING_TO_TAKE;
  desk.take(order, line);
  return writeResult('0', '전체 1건이 정상적으로 발주처리가 되었습니다.');
}

type Choose = (order: BookOrder, params: Params) => readonly EmittedLine[] | undefined;

const allLines: Choose = (order) => linesOf(order);

const namedLines: Choose = (order, { partDlvYn, ordNo, ordPrdSeq = '' }) => {
  const named = ordPrdSeq.split(',');
  const lines = linesOf(order).filter(({ lineNumber }) => named.includes(lineNumber));
  const fits = partDlvYn === 'Y' && order.order.orderNumber === ordNo && lines.length === named.length;
  return fits ? lines : undefined;
};

function deliver(desk: Desk, params: Params, choose: Choose): StandInResponse {
  const { sendDt = '', dlvMthdCd, dlvEtprsCd = '', invcNo = '', dlvNo = '' } = params;
  if (!/^\d{12}$/.test(sendDt)) return writeResult('-3301', '보낸일자가 유효하지 않습니다.');
  if (dlvMthdCd !== '01' || !CARRIERS.has(dlvEtprsCd))
    return writeResult('-3307', '택배사 코드가 유효하지 않습니다.');
  if (!/^\d{9,15}$/.test(invcNo)) return writeResult('-3306', '송장번호가 유효하지 않습니다.');
  const order = desk.byDlvNo(dlvNo);
  const lines = order && choose(order, params);
  if (order === undefined || lines === undefined)
    return writeResult('-3310', '해당 배송번호의 주문상태를 확인해 주세요');
  const now = desk.book.clock();
  const states = lines.map((line) => stateOf(order, line, now));
  const ready = lines.filter((_, index) => states[index] === '301');
  if (states.includes('701') || states.includes('202'))
    return writeResult('-3310', '해당 배송번호의 주문상태를 확인해 주세요');
  if (states.includes('401')) return writeResult('-3308', '해당 배송번호는 이미 발송처리 되었습니다.');
  if (ready.length === 0)
    return writeResult('-3313', '해당 배송번호의 주문상태가 이미 변경 되었습니다. 변경된 상태 : 취소완료');
  if (desk.settings.usedInvoices === 'refused' && desk.isUsed(invcNo, order))
    return writeResult('-3320', '이미 사용된 송장번호 입니다. 송장번호를 확인해주세요.');
  for (const line of ready) desk.ship(order, line, dlvEtprsCd, invcNo);
  return writeResult('0', `전체 ${ready.length}건이 정상적으로 발송처리가 되었습니다.`);
}

function claimOf(desk: Desk, { ordPrdCnSeq = '', ordNo = '', ordPrdSeq }: Params) {
  const known = desk.book.claim(ordPrdCnSeq);
  const order = desk.byOrdNo(ordNo);
  const names = known?.claim.lines.some(({ lineNumber }) => lineNumber === ordPrdSeq) ?? false;
  return known !== undefined && known.order === order && names ? known : undefined;
}

function approve(desk: Desk, params: Params): StandInResponse {
  const known = claimOf(desk, params);
  if (known === undefined) return writeResult('-22004', '주문취소 상세번호를 알 수 없습니다');
  const state = known.order.stateOf(known.claim);
  if (state === 'done') return writeResult('-1', '이미 취소 완료된 신청건 입니다.');
  if (state === 'withdrawn') return writeResult('-1', '취소 신청 상태가 아닙니다.');
  answered(desk, known.claim.claimId, 'done');
  return writeResult('0', '전체 1건이 정상적으로 취소처리가 되었습니다.');
}

/** 취소거부: what was to be cancelled goes on as shipped, under the number that is told with it. */
function turnDown(desk: Desk, params: Params): StandInResponse {
  const { dlvMthdCd, sendDt = '', dlvEtprsCd = '', invcNo = '' } = params;
  if (!/^\d{8}$/.test(sendDt)) return writeResult('-23003', '발송일을 알 수 없습니다.');
  if (dlvMthdCd !== '01') return writeResult('-23004', '배송방식 코드가 잘못되었습니다.');
  if (invcNo.length < 10) return writeResult('-23005', '송장번호가 10자리 이하입니다. 다시 입력 해주세요.');
  if (!CARRIERS.has(dlvEtprsCd)) return writeResult('-23006', '택배업체를 알 수 없습니다.');
  const known = claimOf(desk, params);
  if (known === undefined || known.order.stateOf(known.claim) !== 'requested')
    return writeResult('-23007', '취소신청 정보를 알 수 없습니다.');
  const { order, claim } = known;
  answered(desk, claim.claimId, 'withdrawn');
  // Assumed: a request is settled for all its lines together.
  const claimed = new Set(claim.lines.map(({ lineNumber }) => lineNumber));
  for (const line of linesOf(order))
    if (claimed.has(line.lineNumber) && order.invoicesOf(line.lineNumber).length === 0)
      desk.ship(order, line, dlvEtprsCd, invcNo);
  return writeResult('0', '전체 1건이 정상적으로 취소처리가 되었습니다.');
}

function answered({ book }: Desk, claimId: string, state: 'done' | 'withdrawn'): void {
  book.record({ type: 'claim-state', at: book.clock(), claimId, state, answered: true });
}
