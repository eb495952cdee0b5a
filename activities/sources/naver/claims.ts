import { z } from 'zod';
import { type Claim, type ClaimKind, type ClaimState } from '../../../domain/claim';
import { UndecodableRecord } from '../../../domain/errors';
import { checkedClaim } from '../checked-claim';
import { countOf } from '../order-part';
import { checked } from './record';
import { idSchema } from './wire';

/** Claims stand in the product order itself: the one under way by its kind, those that are over in a list. */

const KINDS: Readonly<Record<string, ClaimKind>> = {
  CANCEL: 'cancellation',
  ADMIN_CANCEL: 'cancellation',
  RETURN: 'return',
  EXCHANGE: 'exchange',
};
const STATUSES: readonly (readonly [ClaimState, string])[] = [
  ['requested', 'CANCEL_REQUEST CANCELING ADMIN_CANCELING RETURN_REQUEST EXCHANGE_REQUEST'],
  ['requested', 'COLLECTING COLLECT_DONE EXCHANGE_REDELIVERING'],
  ['done', 'CANCEL_DONE ADMIN_CANCEL_DONE RETURN_DONE EXCHANGE_DONE'],
  ['withdrawn', 'CANCEL_REJECT ADMIN_CANCEL_REJECT RETURN_REJECT EXCHANGE_REJECT'],
];
const STATE_OF = new Map(
  STATUSES.flatMap(([state, words]) => words.split(' ').map((word): [string, ClaimState] => [word, state])),
);
/** 구매 확정 보류: about money, not about goods. */
const ABOUT_MONEY = 'PURCHASE_DECISION_HOLDBACK';

const foundSchema = z.object({ claimId: idSchema, claimType: z.string().catch('') });
const placesSchema = z.object({
  productOrder: foundSchema.catch({ claimId: '', claimType: '' }),
  currentClaim: z.record(z.string(), z.unknown()).nullish().catch(null),
  completedClaims: z.array(z.unknown()).nullish().catch(null),
});

/** A claim's object, and where it stands in the element. */
interface Place {
  readonly path: readonly (string | number)[];
  readonly type: string;
  readonly value: unknown;
}

/** Of a claim that stands in both places, what became of it counts. */
function placesOf(element: unknown): Map<string, Place> {
  const { currentClaim, completedClaims } = placesSchema.safeParse(element).data ?? {};
  const current = ['cancel', 'return', 'exchange'].map((name) => ({
    path: ['currentClaim', name],
    type: name.toUpperCase(),
    value: currentClaim?.[name],
  }));
  const completed = (completedClaims ?? []).map((value, index) => ({
    path: ['completedClaims', index],
    type: foundSchema.safeParse(value).data?.claimType ?? '',
    value,
  }));
  const places = new Map<string, Place>();
  for (const place of [...current, ...completed]) {
    const { data } = foundSchema.safeParse(place.value);
    if (data !== undefined && place.type !== ABOUT_MONEY) places.set(data.claimId, place);
  }
  return places;
}

/** Numbers of the claims on a product order, also of one that it names and does not tell of. */
export function claimIdsOf(element: unknown): string[] {
  const { claimId = '', claimType } = placesSchema.safeParse(element).data?.productOrder ?? {};
  const named = claimId !== '' && claimType !== ABOUT_MONEY ? [claimId] : [];
  return [...new Set([...placesOf(element).keys(), ...named])];
}

const subjectSchema = z.object({
  order: z.object({ orderId: idSchema }),
  productOrder: z.object({
    productOrderId: idSchema,
    initialQuantity: idSchema.nullish(),
    quantity: idSchema.nullish(),
  }),
});
const claimSchema = z.object({
  claimStatus: z.string(),
  claimRequestDate: z.iso.datetime({ offset: true, error: 'is not a time' }),
  requestQuantity: idSchema.nullish(),
});

/**
 * One claim of a product order.
 *
 * @throws UndecodableRecord naming the field in Naver's spelling.
 */
export function claimOf(element: unknown, claimId: string, channel: string): Claim {
  const { order, productOrder } = checked(subjectSchema, element);
  const place = placesOf(element).get(claimId);
  if (place === undefined)
    throw new UndecodableRecord('currentClaim', `does not tell of claim ${claimId}, which claimId names`);
  const field = (name: string) => [...place.path, name].join('.');
  const claim = checked(claimSchema, place.value, place.path);
  const kind = KINDS[place.type];
  if (kind === undefined) throw new UndecodableRecord(field('claimType'), unknownWord(place.type));
  const state = STATE_OF.get(claim.claimStatus);
  if (state === undefined) throw new UndecodableRecord(field('claimStatus'), unknownWord(claim.claimStatus));
  // Assumed: a claim that names no quantity is on all units.
  const quantity = claim.requestQuantity ?? productOrder.initialQuantity ?? productOrder.quantity ?? '';
  return checkedClaim(
    {
      kind,
      state,
      claimId,
      channel,
      orderNumber: order.orderId,
      requestedAt: new Date(claim.claimRequestDate),
      lines: [
        { lineNumber: productOrder.productOrderId, quantity: countOf(field('requestQuantity'), quantity) },
      ],
    },
    { claimId: 'claimId', orderNumber: 'order.orderId', lineNumber: 'productOrder.productOrderId' },
  );
}

function unknownWord(word: string): string {
  return `unknown word ${JSON.stringify(word.slice(0, 40))}`;
}

/** Where a claim stands; undefined where the product order does not tell of it, or in no word that is known. */
export function stateOfClaim(element: unknown, claimId: string): ClaimState | undefined {
  const { data } = claimSchema.safeParse(placesOf(element).get(claimId)?.value);
  return STATE_OF.get(data?.claimStatus ?? '');
}

/** Units that cancellations have taken off a product order of so many. */
export function unitsTakenOff(element: unknown, quantity: number): number {
  const units = [...placesOf(element).values()].map(({ type, value }) => {
    const { data: claim } = claimSchema.safeParse(value);
    const isSettled = KINDS[type] === 'cancellation' && STATE_OF.get(claim?.claimStatus ?? '') === 'done';
    return isSettled ? Number(claim?.requestQuantity ?? quantity) : 0;
  });
  return Math.min(
    quantity,
    units.reduce((sum, each) => sum + each, 0),
  );
}

/** What means something of a claim: steps that only bring it on are left out. */
export function claimMeaning(element: unknown, claimId: string): unknown {
  const place = placesOf(element).get(claimId);
  const { data } = claimSchema.safeParse(place?.value);
  if (place === undefined || data === undefined) return place?.value ?? null;
  return { ...data, type: place.type, claimStatus: STATE_OF.get(data.claimStatus) ?? data.claimStatus };
}
