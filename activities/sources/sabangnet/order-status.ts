/** What an order's status in the hub says of a line that is new to us. */
export const STATUS_MEANINGS = ['open', 'cancelled', 'shipped'] as const;
export type StatusMeaning = (typeof STATUS_MEANINGS)[number];

/** The steps that our own reading, acknowledging and shipping take a line through. */
const OUR_STEPS: readonly (readonly [StatusMeaning, string])[] = [
  ['open', '신규주문 주문확인 001 002'],
  ['shipped', '출고대기 출고완료 003 004'],
];

/** The hub asks for a status by number, and answers with its number or its word; both are understood. */
const STATUSES: typeof OUR_STEPS = [
  ...OUR_STEPS,
  ['open', '배송보류 006'],
  // 폐기: the seller threw the order away in the hub.
  ['cancelled', '취소접수 취소완료 폐기 007 010 999'],
  [
    'shipped',
    '교환접수 교환발송준비 교환발송완료 교환회수준비 교환회수완료 교환완료 008 021 022 023 024 011',
  ],
  ['shipped', '반품접수 반품회수준비 반품회수완료 반품완료 009 025 026 012'],
];

const MEANINGS = new Map(
  STATUSES.flatMap(([meaning, words]) =>
    words.split(' ').map((word): [string, StatusMeaning] => [word, meaning]),
  ),
);

export const OUR_STEP_WORDS: readonly string[] = OUR_STEPS.flatMap(([, words]) => words.split(' '));

/** Undefined for a word that the hub is not known to use. */
export function meaningOfStatus(word: string): StatusMeaning | undefined {
  return MEANINGS.get(word);
}
