import type { FetchedRecord, Reply } from '../source';
import type { Account } from './account';
import { lineRecords } from './fetch-records';
import { type LineId, readLineId } from './ids';
import { inTurn, judged, noSuchRecord } from './in-turn';
import { type LineState, settled, TAKEN_OVER } from './look-up';

/** 이미 발주 처리 되었거나 발주 처리할 건이 없습니다: a line goes with another one of its product and parcel. */
const NOTHING_TO_DO = new Set(['-3206']);

/** 발주확인, one call a line. */
export async function acknowledge(account: Account, recordIds: readonly string[]): Promise<Reply[]> {
  const lines = recordIds.flatMap((recordId) => {
    const line = readLineId(recordId);
    return line === undefined ? [] : [{ recordId, line }];
  });
  const called = await inTurn(
    lines.map(
      ({ line }) =>
        async () =>
          judged(await account.write(pathOf(line)), NOTHING_TO_DO),
    ),
  );
  const calls = called.map(({ verdict }, index) => ({
    verdict,
    lines: lines.slice(index, index + 1).map(({ line }) => line),
  }));
  const outcomes = await settled(account, calls, ([state], _, reason) => outcomeOf(state, reason));
  const replies = new Map<string, Reply>();
  for (const [index, { recordId }] of lines.entries()) {
    const [outcome, exchange] = [outcomes[index], called[index]?.exchange];
    if (outcome !== undefined && exchange !== undefined) replies.set(recordId, { outcome, exchange });
  }
  return recordIds.map((recordId) => replies.get(recordId) ?? noSuchRecord(recordId));
}

function pathOf({ ordNo, ordPrdSeq, addPrdYn, addPrdNo, dlvNo }: LineId): string {
  return `ordservices/reqpackaging/${ordNo}/${ordPrdSeq}/${addPrdYn}/${addPrdNo}/${dlvNo}`;
}

function outcomeOf(state: LineState | undefined, reason: string): Reply['outcome'] {
  if (state !== undefined && TAKEN_OVER.has(state.stat)) return { kind: 'done' };
  const stat = state?.stat ? `the line is in state ${state.stat}` : 'the line is unknown';
  return { kind: 'refused', reason: `${reason} (${stat})` };
}

/**
 * The same lines as they are now, with their orders' other lines in one call an order.
 *
 * @throws OutsideUnavailable when 11st did not answer.
 */
export async function reread(account: Account, recordIds: readonly string[]): Promise<FetchedRecord[]> {
  const orders = new Set(recordIds.flatMap((recordId) => readLineId(recordId)?.ordNo ?? []));
  const rows: Uint8Array[] = [];
  for (const ordNo of orders) rows.push(...(await account.list(`ordservices/complete/${ordNo}`)).rows);
  const wanted = new Set(recordIds);
  return (await lineRecords(account, rows)).filter(({ recordId }) => wanted.has(recordId));
}
