import type { Claim } from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';
import { checkedClaim } from '../checked-claim';
import { countOf } from '../order-part';
import { meaningOfClaim } from '../sabangnet/claim-words';
import { hubTime } from '../sabangnet/hub-time';
import { lineNumberOf, mallNamed } from '../sabangnet/order-line';
import type { Fields } from './fields';
import { CLAIM_STATUS, ORDER_ITEMS } from './lists';
import type { SabangnetV3Settings } from './settings';

/**
 * One record of a list of claims: a claim on one line of an order.
 *
 * Assumed: ORD_CNT is how many units of the line it is of.
 */
export function decodeClaim(
  { has, read }: Fields,
  { malls, items, claimStatuses }: SabangnetV3Settings,
): Claim {
  const { id, orderNumber, quantity } = ORDER_ITEMS;
  // Named otherwise than the order's own record names it, the line would be none of the order's.
  if (!has(items.lineNumber))
    throw new UndecodableRecord(items.lineNumber, 'is not told by the list of claims');
  return checkedClaim(
    {
      ...meaningOfClaim(read(CLAIM_STATUS), claimStatuses, { field: CLAIM_STATUS, setting: 'claimStatuses' }),
      claimId: read(items.claimNumber),
      channel: mallNamed(malls, items.mall, read(items.mall)),
      orderNumber: read(orderNumber),
      requestedAt: hubTime(read(items.claimedAt)),
      lines: [
        {
          lineNumber: lineNumberOf(read(items.lineNumber), read(id)),
          quantity: countOf(quantity, read(quantity)),
        },
      ],
    },
    {
      claimId: items.claimNumber,
      channel: items.mall,
      orderNumber,
      requestedAt: items.claimedAt,
      lineNumber: items.lineNumber,
      quantity,
    },
  );
}
