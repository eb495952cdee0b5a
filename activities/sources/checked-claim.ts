import { z } from 'zod';
import { CLAIM_KINDS, CLAIM_STATES, type Claim } from '../../domain/claim';
import { misfit, moment, QUANTITY_MAX, text } from './order-part';

const claim = z.object({
  kind: z.enum(CLAIM_KINDS, 'is no kind of claim'),
  state: z.enum(CLAIM_STATES, 'is no state of a claim'),
  claimId: text(1, 100),
  channel: text(1, 40),
  orderNumber: text(1, 100),
  requestedAt: moment,
  lines: z
    .array(
      z.object({
        lineNumber: text(1, 60),
        quantity: z.int().min(1, 'must be at least 1').max(QUANTITY_MAX, `must be at most ${QUANTITY_MAX}`),
      }),
    )
    .min(1, 'are missing')
    .max(500, 'are more than 500'),
});

/**
 * The claim itself, when it fits: what {@link checkedPart} is for orders.
 *
 * @param fieldOf the source's own name of each field.
 * @throws UndecodableRecord naming the first field that does not fit; never quoting a value.
 */
export function checkedClaim(
  given: Claim,
  fieldOf: Readonly<Partial<Record<keyof Claim | 'lineNumber' | 'quantity', string>>>,
): Claim {
  const checked = claim.safeParse(given);
  const [first] = checked.error?.issues ?? [];
  if (first === undefined) return given;
  throw misfit(first, fieldOf);
}
