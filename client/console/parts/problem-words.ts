import type { Language } from '../words';

/** What the API says of a cell, in Korean; what it may quote comes with it. */
const KOREAN: readonly (readonly [RegExp, string])[] = [
  [/^is missing$/u, '값이 없습니다'],
  [/^must be a whole number, and is (.*)$/u, '정수여야 하는데 $1 입니다'],
  [/^must be whole KRW, and is (.*)$/u, '원 단위 정수여야 하는데 $1 입니다'],
  [/^is a formula: .*$/u, '수식입니다. 값으로 붙여 넣으세요'],
  [/^is a date, into which .*$/u, '엑셀이 글자를 날짜로 바꾼 것 같습니다. 글자로 다시 넣으세요'],
  [/^is no date and time, as (.*)$/u, '날짜와 시각이 아닙니다. 예: $1'],
  [/^has lost digits.*$/u, '숫자 끝자리가 사라졌습니다. 글자 형식으로 다시 넣으세요'],
  [/^holds the error (.*)$/u, '오류 값 $1 입니다'],
  [/^differs from row (\d+) of the same order$/u, '같은 주문의 $1행과 다릅니다'],
  [/^is that of row (\d+) of the same order$/u, '같은 주문의 $1행과 번호가 같습니다'],
  [/^has been taken in before: it is the order (.*)$/u, '이미 받은 주문 $1 입니다'],
  [/^must be at least (.*)$/u, '$1 이상이어야 합니다'],
  [/^must be at most (.*)$/u, '$1 이하여야 합니다'],
  [/^must not be negative$/u, '0보다 작을 수 없습니다'],
  [/^has more than (\d+) characters$/u, '$1자를 넘습니다'],
  [/^contains control characters$/u, '보이지 않는 제어 문자가 있습니다'],
  [/^is not a telephone number$/u, '전화번호가 아닙니다'],
  [/^is not a postcode.*$/u, '우편번호(다섯 자리)가 아닙니다'],
  [/^is before the year 2000$/u, '2000년보다 앞선 때입니다'],
  [/^is after the year 2099$/u, '2099년보다 늦은 때입니다'],
  [/^must be letters, digits.*$/u, '영문, 숫자, . _ - 만 60자까지 쓸 수 있습니다'],
  [/^must be (.+) or (.+)$/u, '$1 또는 $2 이어야 합니다'],
  [/^stands in row (\d+) already$/u, '$1행에 이미 있습니다'],
  [/^differs from row (\d+) of (\S+)$/u, '$2의 $1행과 다릅니다'],
  [/^is no configuration: (.*)$/u, '$1 이라는 구성안이 없습니다'],
  [/^is no item: (.*)$/u, '$1 이라는 품목이 없습니다'],
  [/^is (\d+) now: it was changed.*$/u, '지금은 $1입니다. 내려받은 뒤에 누가 바꿨습니다'],
  [/^(\S+) is at work on this deal.*$/u, '$1 님이 이 딜을 맡고 있습니다'],
  [/^is more than the price$/u, '금액보다 큽니다'],
  [/^may be in the wrong column: .*$/u, '열이 밀린 것 같습니다. 쉼표가 든 값은 따옴표로 감싸세요'],
];

/** Whatever has no Korean words is shown as it was said. */
export function problemWords(says: string, language: Language): string {
  if (language !== 'ko') return says;
  const known = KOREAN.find(([pattern]) => pattern.test(says));
  return known === undefined ? says : says.replace(known[0], known[1]);
}
