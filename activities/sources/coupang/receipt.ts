import { z } from 'zod';
import type { Claim } from '../../../domain/claim';
import { numberIn, type RecordKind } from './records';
import { count, id, time } from './wire';

/** 취소/반품 접수, v4 (developers.coupangcorp.com, 반품 APIs): what a customer takes back, before or after it has left. */
export const receiptSchema = z.object({
  receiptId: id,
  orderId: id,
  /** Its older version says it in Korean. */
  receiptType: z.enum(['RETURN', 'CANCEL', '반품', '취소'], 'is no type of receipt'),
  receiptStatus: z.string(),
  createdAt: time,
  /** Of all its items together. */
  cancelCountSum: count,
  returnItems: z
    .array(
      z.object({
        /** Assumed: the option's number in the sheet, also where Coupang made the option itself. */
        vendorItemId: id,
        cancelCount: count,
        releaseStatus: z.string().nullish(),
      }),
    )
    .min(1, 'are missing'),
});

export type Receipt = z.output<typeof receiptSchema>;
export type Standing = Pick<Claim, 'kind' | 'state'>;

/** Whether the goods have left: Y and A, in spite of the cancellation; or not: S, stopped, and N, nobody has said yet. */
const HAS_LEFT: Readonly<Record<string, boolean>> = { Y: true, A: true, N: false, S: false };

/**
 * A receipt is a cancellation while the goods are here, and a return once they have left. What was cancelled before
 * the seller took it over (CANCEL) needs nobody's consent.
 *
 * @returns undefined where it does not say of all its goods alike whether they have left.
 */
export function standingOf({ receiptType, receiptStatus, returnItems }: Receipt): Standing | undefined {
  if (receiptType === 'CANCEL' || receiptType === '취소') return { kind: 'cancellation', state: 'done' };
  const statuses = returnItems.map(({ releaseStatus }) => releaseStatus ?? '');
  const [left, ...others] = new Set(statuses.map((status) => HAS_LEFT[status]));
  if (left === undefined || others.length > 0) return undefined;
  const isDone = receiptStatus === 'RETURNS_COMPLETED' || statuses.every((status) => status === 'S');
  return { kind: left ? 'return' : 'cancellation', state: isDone ? 'done' : 'requested' };
}

const PREFIX = { cancellation: 'cancel', return: 'return', exchange: 'exchange' } as const;

/** As a return it is a record of its own: that the cancellation was asked for, and came too late, stays told. */
export function recordOfReceipt(receiptId: string, kind: keyof typeof PREFIX): string {
  return `${PREFIX[kind]}-${receiptId}`;
}

export const receiptKind: RecordKind<Receipt> = {
  schema: receiptSchema,
  idsOf(value) {
    const receiptId = numberIn(value, 'receiptId');
    if (receiptId === undefined) return undefined;
    const { data } = receiptSchema.safeParse(value);
    const kind = data && standingOf(data)?.kind;
    return [kind === undefined ? `receipt-${receiptId}` : recordOfReceipt(receiptId, kind)];
  },
  meaningOf: (receipt) => {
    const items = receipt.returnItems.map(
      ({ vendorItemId, cancelCount }) => `${vendorItemId} ${cancelCount}`,
    );
    return [receipt.orderId, items.sort(), standingOf(receipt) ?? null];
  },
};
