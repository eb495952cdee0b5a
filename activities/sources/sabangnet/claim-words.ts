import { z } from 'zod';
import {
  CLAIM_KINDS,
  CLAIM_STATES,
  type Claim,
  type ClaimKind,
  type ClaimState,
} from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';

/** What a word says of a claim. */
export type ClaimMeaning = Pick<Claim, 'kind' | 'state'>;

/** Words that a connection is set to understand, beside those that are known; they win. */
export const claimWords = z
  .record(z.string().min(1), z.strictObject({ kind: z.enum(CLAIM_KINDS), state: z.enum(CLAIM_STATES) }))
  .default({});

const KINDS: readonly (readonly [string, ClaimKind])[] = [
  ['취소', 'cancellation'],
  ['반품', 'return'],
  ['교환', 'exchange'],
];

/**
 * Assumed: the malls put their words together so; documented is that they tell the three kinds apart, each in its
 * own words. A kind alone says no more than that it was asked for.
 */
const STAGES: readonly (readonly [ClaimState, readonly string[]])[] = [
  ['requested', ['', '요청', '신청', '접수']],
  ['done', ['완료']],
  ['withdrawn', ['철회', '거부']],
];

/** How the hub itself words it: by its statuses' words, numbers and names. */
const OF_THE_HUB: readonly (readonly [ClaimKind, ClaimState, string])[] = [
  ['cancellation', 'requested', '007 CANCEL_RECEIPT'],
  ['cancellation', 'done', '010 CANCEL_COMPLETED'],
  ['return', 'requested', '009 RETURN_RECEIPT 반품회수준비 025 반품회수완료 026'],
  ['return', 'done', '012 RETURN_COMPLETED'],
  [
    'exchange',
    'requested',
    '008 EXCHANGE_RECEIPT 교환발송준비 021 교환발송완료 022 교환회수준비 023 교환회수완료 024',
  ],
  ['exchange', 'done', '011 EXCHANGE_COMPLETED'],
];

const meanings = new Map<string, ClaimMeaning>([
  ...KINDS.flatMap(([name, kind]) =>
    STAGES.flatMap(([state, stages]) =>
      stages.map((stage): [string, ClaimMeaning] => [name + stage, { kind, state }]),
    ),
  ),
  ...OF_THE_HUB.flatMap(([kind, state, words]) =>
    words.split(' ').map((word): [string, ClaimMeaning] => [word, { kind, state }]),
  ),
  // 쿠팡: the customer cancels what is being packed.
  ['출고중지요청', { kind: 'cancellation', state: 'requested' }],
  ['출고중지완료', { kind: 'cancellation', state: 'done' }],
]);

/**
 * What a mall or the hub says of a claim; spaces do not matter.
 *
 * @param own what the connection is set to understand there.
 * @param where the setting that takes a further word, for the message.
 * @throws UndecodableRecord naming the field and the word: nothing is guessed.
 */
export function meaningOfClaim(
  word: string,
  own: Readonly<Record<string, ClaimMeaning>>,
  { field, setting }: { readonly field: string; readonly setting: string },
): ClaimMeaning {
  if (word === '') throw new UndecodableRecord(field, 'is missing');
  const bare = word.replace(/\s/g, '');
  const ownWord = Object.keys(own).find((each) => each.replace(/\s/g, '') === bare);
  const meaning = ownWord === undefined ? meanings.get(bare) : own[ownWord];
  if (meaning !== undefined) return meaning;
  const quoted = JSON.stringify(word.slice(0, 40));
  throw new UndecodableRecord(field, `nobody has said what ${quoted} means; the setting ${setting} takes it`);
}
