/** What an order's status in the hub says of a line that is new to us. */
export const STATUS_MEANINGS = ['open', 'cancelled', 'shipped'] as const;
export type StatusMeaning = (typeof STATUS_MEANINGS)[number];

/** The hub knows that we have the order. */
const CONFIRMED = '주문확인 002 ORDER_CONFIRM';

/**
 * The steps that our own reading, acknowledging and shipping take a line through. Assumed: the JSON API's names of
 * 신규주문 and 출고대기, which public material does not tell.
 */
const OUR_STEPS: readonly (readonly [StatusMeaning, string])[] = [
  ['open', `신규주문 001 NEW_ORDER ${CONFIRMED}`],
  ['shipped', '출고대기 출고완료 003 004 DELIVERY_READY DELIVERY_COMPLETED'],
];

/** The hub asks for a status by number, and answers with its number, its word or its name; all are understood. */
const STATUSES: typeof OUR_STEPS = [
  ...OUR_STEPS,
  ['open', '배송보류 006 DELIVERY_PENDING'],
  // 폐기: the seller threw the order away in the hub.
  ['cancelled', '취소접수 취소완료 폐기 007 010 999 CANCEL_RECEIPT CANCEL_COMPLETED DISCARD'],
  [
    'shipped',
    `교환접수 교환발송준비 교환발송완료 교환회수준비 교환회수완료 교환완료 008 021 022 023 024 011
    EXCHANGE_RECEIPT EXCHANGE_COMPLETED`,
  ],
  ['shipped', '반품접수 반품회수준비 반품회수완료 반품완료 009 025 026 012 RETURN_RECEIPT RETURN_COMPLETED'],
];

const wordsIn = (words: string) => words.split(/\s+/);

const meanings = new Map(
  STATUSES.flatMap(([meaning, words]) =>
    wordsIn(words).map((word): [string, StatusMeaning] => [word, meaning]),
  ),
);

export const OUR_STEP_WORDS: readonly string[] = OUR_STEPS.flatMap(([, words]) => wordsIn(words));

/**
 * Undefined for a word that the hub is not known to use.
 *
 * @param own what a connection is set to understand beside the words that are known.
 */
export function meaningOfStatus(
  word: string,
  own: Readonly<Record<string, StatusMeaning>> = {},
): StatusMeaning | undefined {
  return Object.hasOwn(own, word) ? own[word] : meanings.get(word);
}

export function isOurStep(word: string): boolean {
  return OUR_STEP_WORDS.includes(word);
}

export function isConfirmed(word: string): boolean {
  return wordsIn(CONFIRMED).includes(word);
}
