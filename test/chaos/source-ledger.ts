import { z } from 'zod';

const claimSchema = z.object({
  key: z.string(),
  claimId: z.string(),
  kind: z.string(),
  lines: z.array(z.object({ lineNumber: z.string(), quantity: z.int() })),
  state: z.enum(['requested', 'done', 'withdrawn']),
  answered: z.boolean(),
});

const orderSchema = z.object({
  key: z.string(),
  acknowledged: z.boolean(),
  recipient: z.object({ name: z.string(), postcode: z.string(), address: z.string() }),
  lines: z.array(
    z.object({
      lineNumber: z.string(),
      deal: z.string(),
      option: z.string(),
      quantity: z.coerce.number(),
      cancelledQuantity: z.coerce.number(),
      invoices: z.array(z.object({ number: z.string() })),
    }),
  ),
});

/** The ledger of any source's stand-in. A hub's tells claims by the cancelled lines alone. */
export const sourceLedgerSchema = z.object({
  entries: z.array(orderSchema),
  claims: z.array(claimSchema).default([]),
});

export type HeldClaim = Omit<z.output<typeof claimSchema>, 'key'>;
export type HeldLine = z.output<typeof orderSchema>['lines'][number];

/** An order as its source has it, with what the source believes of it. */
export type HeldOrder = z.output<typeof orderSchema> & { readonly claims: readonly HeldClaim[] };

/** Whether its customer has taken all of it back, and the source agrees. */
export function isTakenBack({ lines }: Pick<HeldOrder, 'lines'>): boolean {
  return lines.every(isGone);
}

export function isGone({ quantity, cancelledQuantity }: HeldLine): boolean {
  return cancelledQuantity === quantity;
}
