import { seoulDay } from '../../../domain/seoul';
import type { ClaimAnswer, Reply } from '../source';
import type { Account } from './account';
import { type CancellationId, readCancellationId } from './ids';
import { judged, noSuchRecord, type Verdict } from './in-turn';
import { type LineState, settled } from './look-up';

/** 취소신청 정보를 알 수 없습니다: answered before, or taken back. */
const NO_SUCH_REQUEST = new Set(['-23007']);
/** Said of a cancellation that is settled already, under the number of any error. */
const CANCELLED_BEFORE = /이미\s*취소\s*완료/;

/** 취소승인, or 취소거부 with the tracking number of what has left. */
export async function answerClaim(
  account: Account,
  { recordId, answer }: Pick<ClaimAnswer, 'recordId' | 'answer'>,
): Promise<Reply> {
  const claim = readCancellationId(recordId);
  if (claim === undefined) return noSuchRecord(recordId);
  const { verdict, exchange } = judged(await account.write(pathOf(account, claim, answer)), NO_SUCH_REQUEST);
  if (answer.kind === 'stopped') return { outcome: approved(verdict), exchange };
  const [outcome = { kind: 'unknown', reason: 'not looked up' }] = await settled(
    account,
    [{ verdict, lines: [claim] }],
    ([state], _, reason) => turnedDown(state, answer.trackingNumber, reason),
  );
  return { outcome, exchange };
}

function pathOf({ settings }: Account, claim: CancellationId, answer: ClaimAnswer['answer']): string {
  const { ordNo, ordPrdSeq, ordPrdCnSeq } = claim;
  if (answer.kind === 'stopped') return `claimservice/cancelreqconf/${ordPrdCnSeq}/${ordNo}/${ordPrdSeq}`;
  const day = seoulDay(answer.shippedAt).replaceAll('-', '');
  const sent = `01/${day}/${settings.carrierCodes[answer.carrier]}/${plain(answer.trackingNumber)}`;
  return `claimservice/cancelreqreject/${ordNo}/${ordPrdSeq}/${ordPrdCnSeq}/${sent}`;
}

function plain(trackingNumber: string): string {
  return trackingNumber.replace(/[\s-]/g, '');
}

function approved(verdict: Verdict): Reply['outcome'] {
  if (verdict.kind === 'look-up') return { ...verdict, kind: 'refused' };
  return verdict.kind === 'refused' && CANCELLED_BEFORE.test(verdict.reason) ? { kind: 'done' } : verdict;
}

/** Turned down before, the line has left under our number. */
function turnedDown(state: LineState | undefined, trackingNumber: string, reason: string): Reply['outcome'] {
  return state?.invcNo === plain(trackingNumber) ? { kind: 'done' } : { kind: 'refused', reason };
}
