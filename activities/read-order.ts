import { activeSource } from '../db/queries/channels';
import type { ToldClaim } from '../db/queries/claims';
import { newestRecordsOfOrder } from '../db/queries/raw-records';
import type { RecordName } from '../db/queries/standard-order';
import { type Claim, isClaim } from '../domain/claim';
import { mergeSources } from '../domain/merge-parts';
import type { OrderPart, StandardOrder } from '../domain/order';
import type { Deps } from './deps';

/** What the raw records of an order come to. */
export interface Reading {
  readonly order: StandardOrder;
  /** The source whose word counts here. */
  readonly leading: string;
  readonly newestRecord: number;
  /** The record that told of each line, by its number. */
  readonly tellers: ReadonlyMap<string, RecordName>;
  readonly claims: readonly ToldClaim[];
  /** Numbers of lines that are not taken over, since only a source that does not lead tells of them. */
  readonly conflicting: readonly string[];
}

interface Word {
  readonly parts: OrderPart[];
  readonly claims: Claim[];
  readonly tellers: Map<string, RecordName>;
}

/**
 * The same order may have come by several sources: each record is read by the one it came from, and the word of
 * the channel's active one counts. Where nobody has said which that is, or it has not told of the order, the one
 * that told of it first does.
 *
 * @param how.upTo as it was when this was the newest record.
 * @param how.leading as it is by the word of this source, where it has told of the order.
 * @throws UndecodableRecord, RangeError where a record is of another order now.
 */
export async function readOrder(
  deps: Deps,
  orderKey: string,
  { upTo, leading: wanted }: { readonly upTo?: number; readonly leading?: string } = {},
): Promise<Reading> {
  const records = await newestRecordsOfOrder(deps.database.db, orderKey, upTo);
  const words = new Map<string, Word>();
  const claims: ToldClaim[] = [];
  for (const { connectionId, recordId, body } of records) {
    const source = await deps.connections.decoder(connectionId);
    const word: Word = words.get(connectionId) ?? { parts: [], claims: [], tellers: new Map() };
    words.set(connectionId, word);
    const told = source.decode(body);
    if (isClaim(told)) {
      word.claims.push(told);
      claims.push({
        connectionId,
        recordId,
        claim: told,
        isAnswered: source.capabilities.cancellations.answered,
      });
    } else {
      word.parts.push(told);
      for (const { lineNumber } of told.lines) word.tellers.set(lineNumber, { connectionId, recordId });
    }
  }
  const [leading, word] = await leadingOf(deps, words, wanted);
  const { order, conflicting } = mergeSources(
    word,
    [...words.values()].filter((other) => other !== word),
  );
  if (order.key !== orderKey) throw new RangeError(`The records of ${orderKey} are of another order now`);
  const newestRecord = records.at(-1)?.id ?? 0;
  return { order, leading, newestRecord, tellers: word.tellers, claims, conflicting };
}

async function leadingOf(
  { database }: Deps,
  words: ReadonlyMap<string, Word>,
  wanted: string | undefined,
): Promise<[string, Word]> {
  const telling = [...words].filter(([, { parts }]) => parts.length > 0);
  const [first, ...others] = telling;
  if (first === undefined) throw new RangeError('No record tells of the order itself');
  if (others.length === 0) return first;
  const channel = first[1].parts[0]?.channel ?? '';
  const leading = wanted ?? (await activeSource(database.db, channel));
  return telling.find(([connectionId]) => connectionId === leading) ?? first;
}
