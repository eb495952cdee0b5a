import { z } from 'zod';
import { CLAIM_KINDS, CLAIM_STATES, type Claim } from '../../domain/claim';
import { misfit } from './order-part';
import { type Flaw, flawOfMoment, flawOfQuantity, flawOfText } from './part-rules';

const checked = <T>(schema: z.ZodType<T>, flawOf: (value: T) => Flaw) =>
  schema.check(({ value, issues }) => {
    const message = flawOf(value);
    if (message !== undefined) issues.push({ code: 'custom', message, input: value });
  });

const text = (least: number, most: number) => checked(z.string(), (value) => flawOfText(value, least, most));

const claim = z.object({
  kind: z.enum(CLAIM_KINDS, 'is no kind of claim'),
  state: z.enum(CLAIM_STATES, 'is no state of a claim'),
  claimId: text(1, 100),
  channel: text(1, 40),
  orderNumber: text(1, 100),
  requestedAt: checked(z.date('is not a time'), flawOfMoment),
  lines: z
    .array(
      z.object({
        lineNumber: text(1, 60),
        quantity: checked(z.number(), flawOfQuantity),
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
  const [first] = claim.safeParse(given).error?.issues ?? [];
  if (first === undefined) return given;
  throw misfit(first, fieldOf);
}
