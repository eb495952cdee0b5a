import { z } from 'zod';
import { recordOfReceipt } from './receipt';
import { numberIn, type RecordKind } from './records';
import { id, time } from './wire';

/** 반품철회 이력, v4: that a customer wants the goods after all. */
export const withdrawalSchema = z.object({
  /** The receipt that is withdrawn. */
  cancelId: id,
  orderId: id,
  createdAt: time,
  vendorItemIds: z.array(id).min(1, 'are missing'),
});

export type Withdrawal = z.output<typeof withdrawalSchema>;

export const withdrawalKind: RecordKind<Withdrawal> = {
  schema: withdrawalSchema,
  /** It does not say which of the two the receipt was: of the other one, nothing else is ever told. */
  idsOf(value) {
    const receiptId = numberIn(value, 'cancelId');
    if (receiptId === undefined) return undefined;
    return [recordOfReceipt(receiptId, 'cancellation'), recordOfReceipt(receiptId, 'return')];
  },
  meaningOf: ({ orderId, createdAt }) => ['withdrawn', orderId, createdAt],
};
