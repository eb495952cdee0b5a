import type { Claim, ClaimedLine } from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';
import { checkedClaim } from '../checked-claim';
import { exchangeSchema } from './exchange';
import { receiptSchema, standingOf } from './receipt';
import type { CoupangSettings } from './settings';
import { fitted } from './wire';
import { withdrawalSchema } from './withdrawal';

const COMMON = { channel: 'channel', orderNumber: 'orderId', requestedAt: 'createdAt' } as const;

/** @throws UndecodableRecord naming the field. */
export function decodeReceipt(value: unknown, { channel }: CoupangSettings): Claim {
  const receipt = fitted(receiptSchema, value);
  const standing = standingOf(receipt);
  if (standing === undefined)
    throw new UndecodableRecord('releaseStatus', 'does not say of all goods alike whether they have left');
  const { receiptId, orderId, createdAt, returnItems } = receipt;
  return checkedClaim(
    {
      ...standing,
      claimId: receiptId,
      channel,
      orderNumber: orderId,
      requestedAt: createdAt,
      lines: together(
        returnItems.map((item) => ({ lineNumber: item.vendorItemId, quantity: item.cancelCount })),
      ),
    },
    {
      ...COMMON,
      claimId: 'receiptId',
      lines: 'returnItems',
      lineNumber: 'vendorItemId',
      quantity: 'cancelCount',
    },
  );
}

/**
 * How many units were withdrawn is not said, and does not matter: nothing comes of any.
 *
 * @throws UndecodableRecord naming the field.
 */
export function decodeWithdrawal(value: unknown, { channel }: CoupangSettings): Claim {
  const { cancelId, orderId, createdAt, vendorItemIds } = fitted(withdrawalSchema, value);
  return checkedClaim(
    {
      kind: 'return',
      state: 'withdrawn',
      claimId: cancelId,
      channel,
      orderNumber: orderId,
      requestedAt: createdAt,
      lines: together(vendorItemIds.map((lineNumber) => ({ lineNumber, quantity: 1 }))),
    },
    { ...COMMON, claimId: 'cancelId', lines: 'vendorItemIds', lineNumber: 'vendorItemIds' },
  );
}

const EXCHANGE_STATES = {
  RECEIPT: 'requested',
  PROGRESS: 'requested',
  SUCCESS: 'done',
  REJECT: 'withdrawn',
  CANCEL: 'withdrawn',
} as const;

/** @throws UndecodableRecord naming the field. */
export function decodeExchange(value: unknown, { channel }: CoupangSettings): Claim {
  const { exchangeId, orderId, exchangeStatus, createdAt, exchangeItemDtoV1s } = fitted(
    exchangeSchema,
    value,
  );
  return checkedClaim(
    {
      kind: 'exchange',
      state: EXCHANGE_STATES[exchangeStatus],
      claimId: exchangeId,
      channel,
      orderNumber: orderId,
      requestedAt: createdAt,
      lines: together(
        exchangeItemDtoV1s.map(({ orderItemId, quantity }) => ({ lineNumber: orderItemId, quantity })),
      ),
    },
    { ...COMMON, claimId: 'exchangeId', lines: 'exchangeItemDtoV1s', lineNumber: 'orderItemId' },
  );
}

/** A line once, with all units of it. */
function together(lines: readonly ClaimedLine[]): ClaimedLine[] {
  const units = new Map<string, number>();
  for (const { lineNumber, quantity } of lines)
    units.set(lineNumber, (units.get(lineNumber) ?? 0) + quantity);
  return [...units].map(([lineNumber, quantity]) => ({ lineNumber, quantity }));
}
