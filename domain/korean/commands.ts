import type { Sentences } from './sentences';

/** What came of a person's command to an order or a deal. */
export const COMMANDS: Sentences = {
  'It goes on': '계속 진행합니다',
  'It waits for something else still': '아직 다른 것을 기다립니다',
  'It is matched anew': '다시 매칭합니다',
  'It waits for a decision again': '다시 결정을 기다립니다',
  'Too late: the WMS may have it already': '늦었습니다. WMS가 이미 받았을 수 있습니다',
  'Too late: it has shipped': '늦었습니다. 이미 출고되었습니다',
  'Too late: it has shipped, or some of it has': '늦었습니다. 전부 또는 일부가 이미 출고되었습니다',
  'Too late: the WMS may have it already, or it is cancelled':
    '늦었습니다. WMS가 이미 받았을 수 있거나 취소된 주문입니다',
  'Too late: the WMS ships it': '늦었습니다. WMS가 출고합니다',
  'Too late: {wms} ships it': '늦었습니다. {wms}에서 출고합니다',
  'It is not about this order any more': '이제 이 주문과 관계가 없습니다',
  'The decision for one of its deals was undone': '이 주문의 딜 하나에 대한 결정을 되돌렸습니다',
  'a person says that it ships': '사람이 출고된다고 답함',
  'There is no such order': '그런 주문이 없습니다',
  'It is cancelled already': '이미 취소되었습니다',
  'First it must be known whether the WMS has it: resolve its dispatch':
    'WMS가 받았는지 먼저 알아야 합니다. 출고 요청의 결과를 답하세요',
  'First it must be known whether {wms} has it: resolve its dispatch':
    '{wms}에서 받았는지 먼저 알아야 합니다. 출고 요청의 결과를 답하세요',
  'First it must be known whether the WMS has the other part of it':
    'WMS가 다른 부분을 받았는지 먼저 알아야 합니다',
  'It is being sent this moment': '지금 보내는 중입니다',
  'The WMS is asked to cancel it and has not answered yet': 'WMS에 취소를 요청했고 아직 답이 없습니다',
  'The WMS is away': 'WMS가 응답하지 않습니다',
  'An earlier request may still revive it: it is cancelled once more':
    '앞선 요청 때문에 되살아날 수 있어 한 번 더 취소합니다',
  '{wms} cancels nothing by a call: ask its people to stop the order':
    '{wms}: 호출로는 취소할 수 없습니다. 담당자에게 주문을 멈춰 달라고 하세요',
  '{wms} cancels nothing by a call: what it has stays there':
    '{wms}: 호출로는 취소할 수 없어, 받은 주문은 거기에 남습니다',
  'It is cancelled': '취소되었습니다',
  'The rest is cancelled, a part had shipped': '일부는 이미 출고되었고 나머지를 취소했습니다',
  'Whether the WMS has stopped it is unknown': 'WMS가 멈췄는지 알 수 없습니다',
  'It is stopped, to be sent anew': '멈췄습니다. 다시 보냅니다',
  'It is on hold already': '이미 보류 중입니다',
  'It is on hold': '보류했습니다',
  'The rule that held it has ended': '보류하던 규칙이 끝났습니다',
  'It is not on hold': '보류 중이 아닙니다',
  'A person holds it': '사람이 보류했습니다',
  'Nothing of it is to be sent': '보낼 것이 없습니다',
  'It goes to {wms} already': '이미 {wms}로 갑니다',
  'A request of its last sender may still arrive': '앞서 보낸 요청이 아직 도착할 수 있습니다',
  'It has been cancelled meanwhile': '그사이 취소되었습니다',
  'It goes to {wms}': '{wms}로 보냅니다',
  'Whether {wms} has stopped it is unknown, so it is not sent to {other}':
    '{wms}에서 멈췄는지 알 수 없어 {other}로 보내지 않습니다',
  'Whether {wms} has stopped it is unknown: it stays there': '{wms}에서 멈췄는지 알 수 없어 거기에 남습니다',
  'A request may still be on its way there: try again in {seconds} s':
    '요청이 아직 가는 중일 수 있습니다. {seconds}초 뒤에 다시 하세요',
  'It has several such dispatches: say of which WMS ({wmses})':
    '그런 출고 요청이 여럿입니다. 어느 WMS인지 고르세요 ({wmses})',
  'No cancellation of it is unknown': '결과를 모르는 취소가 없습니다',
  'The WMS refused it: there is nothing to have been received': 'WMS가 거절했으므로 받은 것이 없습니다',
  'No dispatch of it is unknown or refused': '결과를 모르거나 거절된 출고 요청이 없습니다',
  'It is with the WMS': 'WMS가 받았습니다',
  'It is sent anew': '다시 보냅니다',
  'It is on hold: release it first': '보류 중입니다. 먼저 보류를 푸세요',
  'Nothing of it waits to be sent': '보낼 것을 기다리는 부분이 없습니다',
  'Nothing of it could go now': '지금 보낼 수 있는 것이 없습니다',
  'That is all of it: there is nothing to split': '전부입니다. 나눌 것이 없습니다',
  '{now} units go now, {later} later': '{now}개를 지금, {later}개를 나중에 보냅니다',
  'No line {line} of it waits to be sent': '보낼 것을 기다리는 {line}번 줄이 없습니다',
  'Only {units} units of line {line} wait to be sent': '{line}번 줄은 {units}개만 남아 있습니다',
  'It does not wait for stock: name the lines that go now':
    '재고를 기다리지 않습니다. 지금 보낼 줄을 고르세요',
  'It is {state}': '지금 상태: {state}',
  'No line has come late': '늦게 추가된 줄이 없습니다',
  'Line {line} is sent too': '{line}번 줄도 보냅니다',
  'It has looked again': '다시 확인했습니다',
  'There is no tracking number to tell again': '다시 전달할 송장이 없습니다',
  'There is no such tracking number to tell again.': '다시 전달할 그런 송장이 없습니다.',
  '{parcels} parcels are told again': '송장 {parcels}개를 다시 전달합니다',
  'Job {job} names no decision': '일괄 작업 {job}에 정할 내용이 없습니다',
  'There is no job {job}': '일괄 작업이 없습니다: {job}',
  'It failed unexpectedly: the worker’s log has more':
    '예상하지 못한 오류입니다. 자세한 내용은 worker 로그에 있습니다',
  'The order is being changed': '주문이 바뀌는 중입니다',
  'in part': '일부',
  'too late': '늦음',
  'Takes it over': '넘겨받음',
  'Takes it up': '맡음',
  'Leaves it to others': '내려놓음',
  'It is taken back': '되돌림',
  'Took in a file as {order}': '파일에서 받음: {order}',
  'It has arrived.': '도착했습니다.',
  'It takes the credentials and answers.': '인증 정보가 맞고 응답합니다.',
  'Its settings fit; it is not read, since reading it changes what it offers.':
    '설정이 맞습니다. 읽으면 그쪽 목록이 바뀌므로 읽어 보지는 않았습니다.',
};
