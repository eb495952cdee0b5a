import type { Sentences } from './sentences';

/** Why a request cannot be done, as the API answers it. */
export const REFUSALS: Sentences = {
  'The request does not fit': '요청의 형식이 맞지 않습니다',
  'Nobody is signed in': '로그인하지 않았습니다',
  'This role may not do that': '이 역할로는 할 수 없습니다',
  'There is no such thing': '그런 것이 없습니다',
  'The request took too long to come': '요청이 너무 늦게 왔습니다',
  'It cannot be done as things stand': '지금 상태로는 할 수 없습니다',
  'The request is too large': '요청이 너무 큽니다',
  'A part of the address is too long': '주소의 한 부분이 너무 깁니다',
  'The content type is not understood': '알 수 없는 내용 형식입니다',
  'The request does not fit an earlier one': '앞선 요청과 맞지 않습니다',
  'Too many requests': '요청이 너무 많습니다',
  'The address or the headers are too long': '주소나 헤더가 너무 깁니다',
  'The server does not answer': 'Boosta 서버가 응답하지 않습니다',
  'A server that is needed does not answer': '필요한 서버가 응답하지 않습니다',
  'There is nothing at this address.': '이 주소에는 아무것도 없습니다.',
  'It failed': '실패했습니다',
  '{route} does not say who may.': '{route}: 권한이 정해지지 않았습니다.',
  'The header x-csrf-token is missing, or is not that of this session.':
    '보안 토큰이 없거나 이 세션의 것이 아닙니다. 페이지를 새로 고치세요.',
  'Sign in, or send a token as Authorization: Bearer.': '로그인하거나 API 토큰을 보내세요.',
  'It takes the role {role}, and {name} is {has}.': '{role} 역할이 필요합니다. {name}: {has}.',
  'This token is not known, or was revoked.': '모르는 토큰이거나 취소된 토큰입니다.',
  'The cursor is not one that this list has given.': '이 목록이 준 커서가 아닙니다.',
  'MySQL does not answer': 'MySQL이 응답하지 않습니다',
  'An earlier request with this key has just failed: send it again.':
    '같은 키의 앞선 요청이 방금 실패했습니다. 다시 보내세요.',
  'This Idempotency-Key was used for another request.': '다른 요청에 쓴 Idempotency-Key입니다.',
  'A request with this key is being answered, or was cut off: look what became of it.':
    '같은 키의 요청을 처리하는 중이거나 끊겼습니다. 결과를 확인하세요.',
  'It is done. Its answer was given once and is not kept.':
    '처리되었습니다. 답은 한 번만 주고 보관하지 않습니다.',
  'An Idempotency-Key is 1 to 200 visible ASCII characters.':
    'Idempotency-Key는 보이는 ASCII 문자 1~200자입니다.',
  'From and to are up to {days} days apart, from before to.':
    '시작이 끝보다 앞서고 {days}일 이내여야 합니다.',
  "Send the file's bytes as {type}.": '파일을 {type} 형식으로 보내세요.',
  'Name and password do not belong together.': '이름과 비밀번호가 맞지 않습니다.',
  'A token has no password.': '토큰에는 비밀번호가 없습니다.',
  'Too many requests: try again in {after}.': '요청이 너무 많습니다. {after} 뒤에 다시 하세요.',
  'MySQL at {where}': 'MySQL {where}',
  '{server} has no database {name}: boosta migrate makes it.': '{server}에 데이터베이스 {name} 없음.',
  '{server} does not let {user} in: see the user and password in DATABASE_URL.':
    '{server}: {user} 접속이 거절되었습니다. DATABASE_URL의 사용자와 비밀번호를 확인하세요.',
  '{server} does not answer ({code}): is it running? See DATABASE_URL.':
    '{server}: 응답하지 않습니다 ({code}). 실행 중인지 DATABASE_URL을 확인하세요.',
  'Temporal at {address} does not answer: is it running? See TEMPORAL_ADDRESS.':
    'Temporal {address}: 응답하지 않습니다. 실행 중인지 TEMPORAL_ADDRESS를 확인하세요.',
  'There is no {what} {name}.': '{what} 없음: {name}.',
  'There is no {what} {name}: {hint}.': '{what} 없음: {name}.',
  'There is no such order.': '그런 주문이 없습니다.',
  'There is no such deal.': '그런 딜이 없습니다.',
  'There is no order {order}. Did you mean {similar}?': '주문 없음: {order}. 혹시 {similar} 인가요?',
  'There is no order {order}: {hint}.': '주문 없음: {order}.',
  'There is no raw record {raw}: {hint}.': '원문 없음: {raw}.',
  'There is no gift rule {rule}: {hint}.': '사은품 규칙 없음: {rule}.',
  'There is no task {task}: {hint}.': '할 일 없음: {task}.',
  'There is no schedule {schedule}: {hint}.': '일정 없음: {schedule}.',
  'There is no template {template}; there are: {templates}.': '양식 없음: {template}; 있는 것: {templates}.',
  'There is no token {token}, or it was revoked already.': '없거나 이미 취소된 토큰입니다: {token}.',
  'There is no kind {kind}: {kinds}.': '종류 없음: {kind}. 있는 것: {kinds}.',
  'There is no configuration {code}': '판매 구성안 없음: {code}',
  'There is no configuration {code}: boosta match configurations lists them.': '판매 구성안 없음: {code}.',
  'There is no configuration {code}: boosta match configurations lists them ({similar}, …).':
    '판매 구성안 없음: {code} (비슷한 것: {similar}, …).',
  'There is an alert {name} already.': '이미 있는 알림입니다: {name}.',
  'There is a connection {id} already.': '이미 있는 연동입니다: {id}.',
  'There is an order {order} already.': '이미 있는 주문입니다: {order}.',
  'There is a view {name} already.': '이미 있는 보기 이름입니다: {name}.',
  'There is a user {name} already.': '이미 있는 사용자입니다: {name}.',
  'Another way of telling needs its own target.': '알리는 방법을 바꾸려면 받는 곳도 새로 넣어야 합니다.',
  'Somebody has changed {what} meanwhile: look again.': '그사이 누가 바꿨습니다: {what}. 다시 확인하세요.',
  'Somebody has changed {what} meanwhile: look at it again.':
    '그사이 누가 바꿨습니다: {what}. 다시 확인하세요.',
  'Somebody else has changed {what} meanwhile (version {version} now): look at it again.':
    '그사이 다른 사람이 바꿨습니다: {what} (지금 버전 {version}). 다시 확인하세요.',
  'Somebody has changed gift rule {rule} meanwhile: look at it again.':
    '그사이 누가 사은품 규칙 {rule}번을 바꿨습니다. 다시 확인하세요.',
  'Somebody has changed the fee of {channel} from {day} meanwhile: look at it again.':
    '그사이 누가 {channel}의 {day}부터의 수수료를 바꿨습니다. 다시 확인하세요.',
  'Somebody has changed the view {name} meanwhile: look again.':
    '그사이 누가 보기 {name}을(를) 바꿨습니다. 다시 확인하세요.',
  'Somebody has changed how long personal data is kept meanwhile: look again.':
    '그사이 누가 개인정보 보관 기간을 바꿨습니다. 다시 확인하세요.',
  'Somebody has changed the routing meanwhile: look at it again.':
    '그사이 누가 출고 경로를 바꿨습니다. 다시 확인하세요.',
  'Somebody else has saved the template {name}: look at it once more.':
    '다른 사람이 양식 {name}을(를) 저장했습니다. 다시 확인하세요.',
  'Somebody has decided this line meanwhile: {configuration}. Look at it again.':
    '그사이 누가 이 줄을 정했습니다: {configuration}. 다시 확인하세요.',
  'item {code}': '품목 {code}',
  'configuration {code}': '판매 구성안 {code}',
  'The target is no e-mail address.': '받는 곳이 이메일 주소가 아닙니다.',
  'The target is no http(s) address.': '받는 곳이 http(s) 주소가 아닙니다.',
  '{channel} comes from {source} by now: look once more.':
    '{channel} 채널의 수집처가 이제 {source}입니다. 다시 확인하세요.',
  'no source': '없음',
  'The beginning must come before the end.': '시작이 끝보다 앞서야 합니다.',
  'At most {days} days are read at once: ask for them in parts.':
    '한 번에 {days}일까지 읽습니다. 나누어 요청하세요.',
  'That time is still to come: there is nothing to read yet.': '아직 오지 않은 때라 읽을 것이 없습니다.',
  'It is written down, but Temporal does not answer: ask for it again later.':
    '기록했지만 Temporal이 응답하지 않습니다. 나중에 다시 요청하세요.',
  'No stretch was read again under the number {id}.': '다시 읽은 기간이 없습니다: {id}.',
  '{id} is paused: nothing is read from it.': '{id}: 일시 중지되어 읽지 않습니다.',
  '{id} is paused: nothing is asked of it.': '{id}: 일시 중지되어 묻지 않습니다.',
  '{id} is paused: orders sent there would wait.': '{id}: 일시 중지되어 보내도 기다리게 됩니다.',
  'The connection {id} names what is not there: see boosta doctor.':
    '연동 {id}의 설정에 없는 것이 들어 있습니다.',
  'One job is for at most {most} orders: narrow the filters.':
    '일괄 작업은 주문 {most}건까지입니다. 조건을 좁히세요.',
  'Job {job} is stored, but Temporal does not answer: have it go on later.':
    '일괄 작업 {job} 저장됨. Temporal이 응답하지 않으니 나중에 계속하세요.',
  'An item is named twice: give it once, with all its pieces.':
    '같은 품목이 두 번 있습니다. 한 줄로 합치세요.',
  'A configuration is named twice: give it once, with how many of it.':
    '같은 판매 구성안이 두 번 있습니다. 한 줄로 합치세요.',
  '{code} would hold nothing: put something in.': '{code}: 비어 있습니다. 구성을 넣으세요.',
  '{code} would hold itself: {cycle}. Take one of them out.':
    '{code}: 자기 자신을 담게 됩니다 ({cycle}). 하나를 빼세요.',
  'One {configuration} would be {pieces} pieces of {item}: {most} at most.':
    '{configuration} 하나에 {item} {pieces}개: {most}개까지입니다.',
  'Configuration {code} has no items': '판매 구성안 {code}에 품목이 없습니다',
  '{from} and {to} are the same WMS.': '같은 WMS입니다: {from}.',
  'The moment has passed: give one to come, or none for now.':
    '지난 때입니다. 앞으로의 때를 넣거나 비우세요.',
  'No route leads to {wms} at that time.': '그때 {wms}로 가는 경로가 없습니다.',
  'This file has been taken in before: upload {id}, {name}, by {who} on {day} as {channel}, {orders} orders.':
    '이미 받은 파일입니다: 업로드 {id}, {name}, {who}, {day}, {channel}, 주문 {orders}건.',
  'This file has been taken in in the meantime.': '그사이 이 파일을 받았습니다.',
  '{name} is nobody who may decide deals: {people}.': '{name}: 딜을 정할 수 있는 사람이 아닙니다 ({people}).',
  'nobody may': '정할 수 있는 사람 없음',
  '{name} is at work on this deal: leave it to them, or take it over before you decide it.':
    '{name} 님이 이 딜을 맡고 있습니다. 맡기거나, 넘겨받은 뒤에 정하세요.',
  '{order} has heard it, but is not through after {seconds} s: {hint}.':
    '{order}: 전달되었지만 {seconds}초가 지나도 끝나지 않았습니다. 주문 페이지에서 결과를 확인하세요.',
  'No worker has taken it up within {seconds} s, and one that comes soon still may: {hint}.':
    '{seconds}초 안에 처리할 worker가 없었습니다. 곧 처리될 수도 있으니 주문 페이지를 확인하세요.',
  '{order} is {state}: its journey is over and takes no more commands.':
    '{order} ({state}): 처리가 끝난 주문이라 명령을 받지 않습니다.',
  '{order} has no open journey: the sweep starts one within two minutes, try again then ({hint}).':
    '{order}: 진행 중인 처리가 없습니다. 2분 안에 저절로 시작되니 그때 다시 하세요.',
  'Its limit of calls leaves none now: try again later.': '호출 한도가 다 찼습니다. 나중에 다시 하세요.',
  'The settings do not fit: {reason}': '설정이 맞지 않습니다: {reason}',
  'A table by {by} needs something else across.': '가로와 세로를 다르게 고르세요 ({by}).',
  'By {across} these are {columns} columns, and at most {most} can be shown: shorten the period, or put it down the side.':
    '{across}(으)로는 {columns}열이라 {most}열까지 보일 수 없습니다. 기간을 줄이거나 세로로 놓으세요.',
  'The channel has changed nothing of this deal for which an order waits.':
    '이 딜에는 채널이 바꿔서 주문이 기다리는 것이 없습니다.',
  'Nobody has decided this deal, or every decision for it is undone.':
    '이 딜을 정한 사람이 없거나 모든 결정을 되돌렸습니다.',
  'Nobody has decided this deal: look at it again.': '이 딜을 정한 사람이 없습니다. 다시 확인하세요.',
  '{who} has decided this deal meanwhile: {configuration} (version {version}). Look at it again.':
    '그사이 {who} 님이 이 딜을 정했습니다: {configuration} (버전 {version}). 다시 확인하세요.',
  '{who} has undone version {version} of this deal meanwhile: look at it again.':
    '그사이 {who} 님이 이 딜의 버전 {version}을 되돌렸습니다. 다시 확인하세요.',
  '{order} has no dispatch {dispatch}.': '{order}: 출고 요청 {dispatch} 없음.',
  'It was {before} when you looked, and is {now} now: look again.':
    '볼 때는 "{before}" 상태였고 지금은 "{now}" 상태입니다. 다시 확인하세요.',
  'Line {row}: {field} {problem}.': '{row}번 줄: {field} {problem}.',
  '{channel} has no fee rule that begins on {day}.': '{channel}: {day}에 시작하는 수수료 규칙이 없습니다.',
  'Gift rule {rule} has ended: add a new one.': '사은품 규칙 {rule}번은 끝났습니다. 새로 추가하세요.',
  'Say which item or configuration must be bought, or that anything will do.':
    '무엇을 사야 하는지 품목이나 구성안을 고르거나, 아무것이나로 하세요.',
  'It would end before it begins: {hint}.': '시작보다 먼저 끝납니다. 날짜를 확인하세요.',
  'Nothing was taken in: {problems} problems in {rows} rows. {hint}':
    '받은 것이 없습니다: {rows}행에 문제 {problems}개. 고치거나, 문제가 있는 주문을 빼고 받으세요.',
  'Nothing was taken in: no order in the file is valid and new.':
    '받은 것이 없습니다. 파일에 올바르고 새로운 주문이 없습니다.',
  'Nothing was taken in: an order of the file has come in the meantime. Check it once more.':
    '받은 것이 없습니다. 파일의 주문이 그사이 들어왔습니다. 다시 확인하세요.',
  'The connection {id} is of another kind: rename it first.':
    '연동 {id}의 종류가 다릅니다. 먼저 이름을 바꾸세요.',
  '{flaw} Name what is missing with --column FIELD=HEADER.': '{flaw} 빠진 열을 지정하세요.',
  'The file changes more than {most} things: split it into several.':
    '파일이 바꾸는 것이 {most}개를 넘습니다. 나누어 올리세요.',
  '{order} is {state}: only an order that is not matched yet can be.':
    '{order} ({state}): 아직 매칭되지 않은 주문만 됩니다.',
  '{order} has not been read yet: try again in a moment.':
    '{order}: 아직 읽지 않았습니다. 잠시 뒤에 다시 하세요.',
  'Say with --line which line of {order} is meant: {lines}.': '{order}의 어느 줄인지 고르세요: {lines}.',
  '{wms} could not be compared ({why}): {hint}.': '{wms}: 대조하지 못했습니다 ({why}).',
  'The first day ({from}) must not come after the last ({to}).':
    '시작일({from})이 종료일({to})보다 늦습니다.',
  'A report covers {days} days at most.': '보고서는 {days}일까지입니다.',
  'A dry run looks at {days} days at most.': '시험은 {days}일까지입니다.',
  'No source is connected as {id}; there are: {known}.': '수집처 연동 없음: {id}; 있는 것: {known}.',
  'No WMS is connected as {id}; there are: {known}.': 'WMS 연동 없음: {id}; 있는 것: {known}.',
  'No WMS is connected as {id}': 'WMS 연동 없음: {id}',
  'No worker is running: start one with npm start or npm run worker.':
    '실행 중인 worker가 없습니다. npm start 또는 npm run worker로 시작하세요.',
  'It broke off: {workflow} in the Temporal UI says why. It may be run again.':
    '중간에 멈췄습니다. 사유는 Temporal UI의 {workflow}에 있고, 다시 실행할 수 있습니다.',
  'The personal data of {order} is erased.': '{order}의 개인정보는 삭제되었습니다.',
  'Nobody is known yet whom {order} goes to.': '{order}의 받는 분을 아직 모릅니다.',
  '{person} has no view {name}, and there is none for all.': '{person}: 보기 {name} 없음 (공용도 없음).',
  'Views for all take the role {role}, and {name} is {has}.':
    '공용 보기에는 {role} 역할이 필요합니다. {name}: {has}.',
  '{schedule} is paused already ({note}).': '{schedule}: 이미 일시 중지됨 ({note}).',
  '{schedule} is running already.': '{schedule}: 이미 실행 중입니다.',
  'The stock of {wms} has not been read yet: {hint}.': '{wms}의 재고를 아직 읽지 않았습니다.',
  'The current password is another.': '지금 비밀번호가 맞지 않습니다.',
  '{wms} has never told of {item}: see boosta stock list.': '{wms}: {item} 재고를 알려 준 적이 없습니다.',
  'Nothing had been told of {item} at {wms} by then: see boosta stock ledger.':
    '그때까지 {wms}에서 {item} 재고를 알려 준 적이 없습니다.',
  '{item} at {wms} has been set meanwhile: safety {safety}, warning below {level}.':
    '그사이 {wms} {item} 설정이 바뀌었습니다: 안전재고 {safety}, 알림 기준 {level}.',
  'Task {task} stops {order} and closes by itself once that goes on: {hint}.':
    '할 일 {task}번은 {order} 주문을 멈추고 있어, 주문이 진행되면 저절로 닫힙니다.',
  'Task {task} is closed already.': '이미 닫힌 할 일입니다: {task}.',
  'This file is not kept any more: choose it once again.': '파일을 더 보관하지 않습니다. 다시 고르세요.',
  '{file} has been mended in another window: look at it once more.':
    '{file}: 다른 창에서 고쳤습니다. 다시 확인하세요.',
  '{name} is the only administrator: make somebody else one first.':
    '{name} 님이 유일한 관리자입니다. 먼저 다른 관리자를 만드세요.',
  'No database connection got free within 10 s': '10초 안에 빈 데이터베이스 연결이 없었습니다',
  'MySQL has not answered within {ms} ms': 'MySQL이 {ms}ms 안에 답하지 않았습니다',
  'MySQL: {code} during {what}': 'MySQL: {code} ({what})',
  'The secrets of {id} cannot be kept: set BOOSTA_SECRET_KEY.':
    '{id}의 비밀 값을 보관할 수 없습니다. BOOSTA_SECRET_KEY를 설정하세요.',
  'The secrets of {id} cannot be read: BOOSTA_SECRET_KEY is {key}.':
    '{id}의 비밀 값을 읽을 수 없습니다. BOOSTA_SECRET_KEY: {key}.',
  'not set': '없음',
  'another than the one they were kept with': '저장할 때와 다름',
};
