import type { Claim, ClaimKind, ClaimState } from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';
import { seoulTime } from '../../../domain/seoul';
import { checkedClaim } from '../checked-claim';
import { countOf } from '../order-part';
import type { Read } from './rows';
import type { ElevenstSettings } from './settings';

/** ordCnStatCd of cancellations. */
const CANCELLATIONS = new Map<string, ClaimState>([
  ['01', 'requested'],
  ['02', 'done'],
  ['05', 'withdrawn'],
]);

const STATES: readonly (readonly [ClaimKind, ClaimState, string])[] = [
  ['return', 'requested', '103 104 105 109'],
  ['return', 'done', '106'],
  ['return', 'withdrawn', '107 108'],
  ['exchange', 'requested', '201 212 214'],
  ['exchange', 'done', '221'],
  ['exchange', 'withdrawn', '232 233'],
];
/** clmStat of returns and exchanges. */
const OTHERS = new Map(
  STATES.flatMap(([kind, state, codes]) => codes.split(' ').map((code) => [code, { kind, state }] as const)),
);

/** @throws UndecodableRecord naming the field. */
export function decodeClaim(row: Read, settings: ElevenstSettings): Claim {
  return row('ordPrdCnSeq') === '' ? other(row, settings) : cancellation(row, settings);
}

function cancellation(row: Read, { channel }: ElevenstSettings): Claim {
  const state = CANCELLATIONS.get(row('ordCnStatCd'));
  if (state === undefined) throw unknown('ordCnStatCd', row);
  return checkedClaim(
    {
      ...claimed(row, channel, 'ordPrdCnSeq', 'ordCnQty'),
      kind: 'cancellation',
      state,
      requestedAt: seoulTime(row('createDt')),
    },
    {
      claimId: 'ordPrdCnSeq',
      orderNumber: 'ordNo',
      requestedAt: 'createDt',
      lineNumber: 'ordPrdSeq',
      quantity: 'ordCnQty',
    },
  );
}

function other(row: Read, { channel }: ElevenstSettings): Claim {
  const told = OTHERS.get(row('clmStat'));
  if (told === undefined) throw unknown('clmStat', row);
  return checkedClaim(
    {
      ...claimed(row, channel, 'clmReqSeq', 'clmReqQty'),
      ...told,
      requestedAt: seoulTime(row('reqDt')),
    },
    {
      claimId: 'clmReqSeq',
      orderNumber: 'ordNo',
      requestedAt: 'reqDt',
      lineNumber: 'ordPrdSeq',
      quantity: 'clmReqQty',
    },
  );
}

/** Each line of a claim is a row, and so a claim of its own: its number has the line's in it. */
function claimed(row: Read, channel: string, number: string, quantity: string) {
  return {
    claimId: row(number) && `${row(number)}-${row('ordPrdSeq')}`,
    channel,
    orderNumber: row('ordNo'),
    lines: [{ lineNumber: row('ordPrdSeq'), quantity: countOf(quantity, row(quantity)) }],
  };
}

function unknown(field: string, row: Read): UndecodableRecord {
  return new UndecodableRecord(field, `unknown state ${JSON.stringify(row(field).slice(0, 20))}`);
}
