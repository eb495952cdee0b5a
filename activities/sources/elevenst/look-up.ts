import { type NotReceived, OutsideUnavailable } from '../../outcome';
import type { Reply } from '../source';
import type { Account } from './account';
import type { LineId } from './ids';
import { notReceived, type Verdict } from './in-turn';
import { orderStates } from './order-states';
import { tokenIn } from './rows';

/** What 11st has of a line. */
export interface LineState {
  /** ordPrdStat; empty where 11st does not know the line. */
  readonly stat: string;
  /** Empty where there is none. */
  readonly invcNo: string;
}

/** States of ordPrdStat from 발주확인 on, as far as nobody has taken the line back. */
export const TAKEN_OVER = new Set(['301', '401', '501', '901']);
/** 취소처리중: a customer's request that the seller has not answered. */
export const BEING_CANCELLED = '701';

export interface Pending {
  readonly verdict: Verdict;
  readonly lines: readonly Pick<LineId, 'ordNo' | 'ordPrdSeq'>[];
}

/**
 * The outcomes of calls, those that need it looked up, all of them at once.
 *
 * @param settle what the states of its lines say of such a call.
 */
export async function settled<P extends Pending>(
  account: Account,
  calls: readonly P[],
  settle: (states: readonly LineState[], call: P, reason: string) => Reply['outcome'],
): Promise<Reply['outcome'][]> {
  const open = calls.filter(({ verdict }) => verdict.kind === 'look-up');
  const ordNos = open.flatMap(({ lines }) => lines.map(({ ordNo }) => ordNo));
  const states = await statesOf(account, ordNos);
  return calls.map((call) => {
    const { verdict, lines } = call;
    if (verdict.kind !== 'look-up') return verdict;
    if ('kind' in states) return states;
    const known = lines.map(
      ({ ordNo, ordPrdSeq }) => states.get(`${ordNo}-${ordPrdSeq}`) ?? { stat: '', invcNo: '' },
    );
    return settle(known, call, verdict.reason);
  });
}

/** Without the look-up nobody knows: but the call itself has done nothing, and may be made again. */
async function statesOf(
  account: Account,
  ordNos: readonly string[],
): Promise<Map<string, LineState> | NotReceived> {
  try {
    const rows = await orderStates(account, 'orderlistalladdr', ordNos);
    return new Map(
      [...rows].map(([key, row]) => {
        const token = tokenIn(row);
        const invcNo = token('invcNo') ?? '';
        return [key, { stat: token('ordPrdStat') ?? '', invcNo: invcNo === 'null' ? '' : invcNo }];
      }),
    );
  } catch (error) {
    if (error instanceof OutsideUnavailable) return notReceived(error);
    throw error;
  }
}
