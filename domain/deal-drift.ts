import { type Deal, normalizeWording } from './deal';
import type { Prices } from './deal-price';
import { DIFFERENCES, type Difference } from './difference';

/**
 * What a channel has changed of a deal since it was decided, and what of that is trivial: whatever else is
 * changed, nobody knows whether the same is in the box, so that its orders wait for a person.
 */

/** A deal as a channel offers it; null: no order tells what it costs. */
export interface Offer extends Pick<Deal, 'deal' | 'option'> {
  readonly prices: Prices | null;
}

/**
 * What differs beyond what is trivial between a deal as it was decided and as it is offered.
 *
 * @param percent so much below and above what was decided a price is trivial on its channel.
 */
export function differencesOf(decided: Offer, offered: Offer, percent: number): Difference[] {
  const isSame: Record<Difference, boolean> = {
    deal: bareWording(decided.deal) === bareWording(offered.deal),
    option: bareWording(decided.option) === bareWording(offered.option),
    price: !isOtherPrice(decided.prices, offered.prices, percent),
  };
  return DIFFERENCES.filter((what) => !isSame[what]);
}

/** Whether a unit costs something else now, beyond what is trivial; null: nobody tells what it costs, or cost. */
export function isOtherPrice(decided: Prices | null, offered: Prices | null, percent: number): boolean {
  return decided !== null && offered !== null && !isNear(decided, offered, BigInt(percent));
}

function isNear(decided: Prices, offered: Prices, percent: bigint): boolean {
  return (
    offered.from * 100n >= decided.from * (100n - percent) &&
    offered.to * 100n <= decided.to * (100n + percent)
  );
}

/** A wording without white space at its ends and doubled, capitals, ornaments, and brackets that only advertise. */
function bareWording(text: string): string {
  return normalizeWording(
    normalizeWording(text)
      .toLowerCase()
      .replace(BRACKETS, (whole: string) => (isAdvertising(whole) ? ' ' : whole))
      .replace(ORNAMENTS, ' '),
  );
}

const BRACKETS = /\[[^\]]*\]|\([^)]*\)|<[^>]*>|【[^】]*】|\{[^}]*\}/gu;

/** Shapes, stars, arrows and pictures; not the numbers in circles among them, nor units as ㎏. */
const ORNAMENTS = /[!※\u2500-\u2775\u2794-\u27bf\u{1f300}-\u{1faff}]|\ufe0f/gu;

/** A bracket may as well say what is in the box ([1+1], (냉동)): only of these words it is known that they do not. */
function isAdvertising(bracket: string): boolean {
  const words = bracket
    .slice(1, -1)
    .replace(ORNAMENTS, ' ')
    .split(/[\s,·/]+/u)
    .filter((word) => word !== '');
  return words.every((word) => ADVERTISING.has(word));
}

const ADVERTISING = new Set(
  [
    '특가 오늘특가 주말특가 한정특가 타임특가 로켓특가 라이브특가 기획특가 특가세일 초특가 톡딜 톡딜가 타임딜 슈퍼딜 핫딜 올킬',
    '오늘만 오늘출발 당일발송 당일출고 무료배송 무배 로켓배송 쓱배송 새벽배송 산지직송 긴급공수',
    '한정 한정수량 단독 행사 할인 쿠폰 쿠폰할인 세일 이벤트 신상 신상품 인기 인기상품 베스트 추천 md추천 재입고 마감임박',
    'best new hot sale event md live',
  ]
    .join(' ')
    .split(' '),
);
