import { groupBy } from '../../../domain/group-by';
import { seoulMinute } from '../../../domain/seoul';
import type { Reply, TrackingUpload } from '../source';
import type { Account } from './account';
import { type LineId, readLineId } from './ids';
import { type Called, inTurn, judged, noSuchRecord } from './in-turn';
import { BEING_CANCELLED, type LineState, settled } from './look-up';

/** Sent already (with which number?), or in a state in which nothing is sent. */
const STATE_HAS_CHANGED = new Set(['-3308', '-3309', '-3310', '-3313']);
/** How long a customer's request to cancel is left to those who answer it. */
const CANCELLATION_WAIT_MS = 60_000;

/** A call of a parcel: some of its lines that have a 배송번호 in common. */
interface ParcelCall {
  readonly upload: TrackingUpload;
  readonly lines: readonly LineId[];
  readonly path: string;
}

/** 발송처리. A parcel of several 배송번호 is several calls; a number once told stays: 11st has no call that corrects it. */
export async function uploadTracking(account: Account, uploads: readonly TrackingUpload[]): Promise<Reply[]> {
  const calls = uploads.flatMap((upload) => callsOf(account, upload));
  const called = await inTurn(
    calls.map(
      ({ path }) =>
        async () =>
          judged(await account.write(path), STATE_HAS_CHANGED),
    ),
  );
  const pending = calls.map((call, index) => ({ ...call, verdict: verdictOf(called, index) }));
  const outcomes = await settled(account, pending, (states, { upload }, reason) =>
    outcomeOf(states, digitsOf(upload), reason),
  );
  return uploads.map((upload) => {
    const mine = calls.flatMap((call, index) => (call.upload === upload ? [index] : []));
    return combined(
      upload,
      mine.flatMap((index) => outcomes[index] ?? []),
      mine.flatMap((index) => called[index] ?? []),
    );
  });
}

function verdictOf(called: readonly Called[], index: number): Called['verdict'] {
  return called[index]?.verdict ?? { kind: 'not-received', reason: 'not sent' };
}

/** None where a record is not a line of 11st's. */
function callsOf({ settings }: Account, upload: TrackingUpload): ParcelCall[] {
  const lines = upload.recordIds.map(readLineId);
  const known = lines.filter((line) => line !== undefined);
  if (known.length < lines.length) return [];
  const { carrier, shippedAt } = upload;
  const sent = `${seoulMinute(shippedAt)}/01/${settings.carrierCodes[carrier]}/${digitsOf(upload)}`;
  return [...groupBy(known, ({ ordNo, dlvNo }) => `${ordNo} ${dlvNo}`).values()].flatMap((lines) => {
    const [first] = lines;
    return first === undefined
      ? []
      : [{ upload, lines, path: `ordservices/reqdelivery/${sent}/${parcelOf(first, lines)}` }];
  });
}

/**
 * By its 배송번호 alone, a parcel takes along all that shares it, also what has not left: where it is shared, the lines
 * are named (부분발송).
 */
function parcelOf({ dlvNo, ordNo, isBundled }: LineId, lines: readonly LineId[]): string {
  return isBundled ? `${dlvNo}/Y/${ordNo}/${lines.map(({ ordPrdSeq }) => ordPrdSeq).join(',')}` : dlvNo;
}

function digitsOf({ trackingNumber }: TrackingUpload): string {
  return trackingNumber.replace(/[\s-]/g, '');
}

function outcomeOf(states: readonly LineState[], invcNo: string, reason: string): Reply['outcome'] {
  if (states.every((state) => state.invcNo === invcNo)) return { kind: 'done' };
  if (states.some(({ stat }) => stat === BEING_CANCELLED))
    return { kind: 'not-received', reason, retryAfterMs: CANCELLATION_WAIT_MS };
  const other = states.some((state) => state.invcNo !== '' && state.invcNo !== invcNo);
  const why = other ? ' (it has another tracking number, which 11st does not let us correct)' : '';
  return { kind: 'refused', reason: `${reason}${why}` };
}

function combined(
  { recordIds }: TrackingUpload,
  outcomes: readonly Reply['outcome'][],
  called: readonly Called[],
): Reply {
  if (outcomes.length === 0) return noSuchRecord(recordIds.join(' '));
  const worst = (['unknown', 'not-received', 'refused'] as const)
    .map((kind) => outcomes.find((outcome) => outcome.kind === kind))
    .find((outcome) => outcome !== undefined);
  const responses = called.flatMap(({ exchange }) => exchange.response ?? []);
  return {
    outcome: worst ?? { kind: 'done' },
    exchange: {
      request: called.map(({ exchange }) => exchange.request.trim()).join('\n'),
      response: responses.length > 0 ? responses.join('\n') : null,
      status: called.at(-1)?.exchange.status ?? null,
    },
  };
}
