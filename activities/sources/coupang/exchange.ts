import { z } from 'zod';
import { recordOfReceipt } from './receipt';
import { numberIn, type RecordKind } from './records';
import { count, id, time } from './wire';

/** 교환요청, v4 (교환 APIs): what has left is to come back for another of it. */
export const exchangeSchema = z.object({
  exchangeId: id,
  orderId: id,
  exchangeStatus: z.enum(
    ['RECEIPT', 'PROGRESS', 'SUCCESS', 'REJECT', 'CANCEL'],
    'is no status of an exchange',
  ),
  createdAt: time,
  exchangeItemDtoV1s: z
    .array(
      z.object({
        /** In published samples it is the option's number. */
        orderItemId: id,
        quantity: count,
      }),
    )
    .min(1, 'are missing'),
});

export type Exchange = z.output<typeof exchangeSchema>;

export const exchangeKind: RecordKind<Exchange> = {
  schema: exchangeSchema,
  idsOf(value) {
    const exchangeId = numberIn(value, 'exchangeId');
    return exchangeId === undefined ? undefined : [recordOfReceipt(exchangeId, 'exchange')];
  },
  meaningOf: ({ orderId, exchangeStatus, exchangeItemDtoV1s }) => [
    orderId,
    exchangeStatus === 'PROGRESS' ? 'RECEIPT' : exchangeStatus,
    exchangeItemDtoV1s.map(({ orderItemId, quantity }) => `${orderItemId} ${quantity}`).sort(),
  ],
};
