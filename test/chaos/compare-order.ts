import type { SourceCapabilities } from '../../activities/sources/source';
import type { KnownOrder } from './known-orders';
import { type HeldClaim, type HeldOrder, isGone, isTakenBack } from './source-ledger';

/** What a source can be told, and tells. */
export type Abilities = Pick<SourceCapabilities, 'acknowledges' | 'cancellations' | 'uploadsPerCall'>;

/**
 * In which an order in the database differs from what its source holds and believes, in words without personal
 * data. What a customer took back before anybody could read it need not be there.
 */
export function differencesOf(held: HeldOrder, known: KnownOrder | undefined, can: Abilities): string[] {
  if (known === undefined) return isTakenBack(held) ? [] : ['is not in the database'];
  return [
    ...inContent(held, known),
    ...inAcknowledgement(held, known, can),
    ...inTracking(held, known, can),
    // Who tells of no cancellation does not know of one either.
    ...(can.cancellations.beforeShipping
      ? [...inCancelledUnits(held, known), ...inClaims(held, known, can)]
      : []),
  ];
}

function inContent(held: HeldOrder, known: KnownOrder): string[] {
  const there = new Map(known.lines.map((line) => [line.lineNumber, line]));
  const ordered = new Set(held.lines.map(({ lineNumber }) => lineNumber));
  const lines = held.lines.flatMap((line) => {
    const found = there.get(line.lineNumber);
    if (found === undefined) return isGone(line) ? [] : [`line ${line.lineNumber} is missing`];
    const differing = (['quantity', 'deal', 'option'] as const).filter((name) => found[name] !== line[name]);
    return differing.map((name) => `line ${line.lineNumber} has another ${name}`);
  });
  const surplus = known.lines.filter(({ lineNumber }) => !ordered.has(lineNumber));
  return [
    ...lines,
    ...surplus.map(({ lineNumber }) => `line ${lineNumber} is not the source's`),
    ...inRecipient(held, known),
  ];
}

function inRecipient(held: HeldOrder, { recipient }: KnownOrder): string[] {
  if (recipient === undefined) return isTakenBack(held) ? [] : ['has no recipient'];
  const names = ['name', 'postcode', 'address'] as const;
  return names
    .filter((name) => recipient[name] !== held.recipient[name])
    .map((name) => `the recipient has another ${name}`);
}

/** A refusal counts only where the customer has asked for something since: an earlier call may have been taken. */
function inAcknowledgement(
  held: HeldOrder,
  { acknowledgements }: KnownOrder,
  { acknowledges }: Abilities,
): string[] {
  if (acknowledges === 'not-at-all') return [];
  const isTold =
    acknowledges === 'by-reading' ||
    (acknowledgements.length > 0 && acknowledgements.every((state) => state === 'done'));
  if (isTold && !held.acknowledged) return ['is acknowledged, and the source does not know'];
  if (!isTold && held.acknowledged && !isAsked(held)) return ['is acknowledged at the source alone'];
  return [];
}

/** Whether its customer has asked for something. */
function isAsked({ claims, lines }: HeldOrder): boolean {
  return claims.length > 0 || lines.some(({ cancelledQuantity }) => cancelledQuantity > 0);
}

/**
 * The number that counts at the source is a parcel's, and it has what it was told of each, and nothing else. A
 * parcel is refused as a whole where its customer has taken one of its lines back, though the others have the number.
 */
function inTracking(held: HeldOrder, { parcels }: KnownOrder, { uploadsPerCall }: Abilities): string[] {
  const numbers = new Set(parcels.map(({ number }) => signsOf(number)));
  const foreign = held.lines.filter(({ invoices }) => {
    const last = invoices.at(-1);
    return last !== undefined && !numbers.has(signsOf(last.number));
  });
  const told = parcels.flatMap(({ number, state, lineNumbers }) => {
    const lines = held.lines.filter((line) => lineNumbers.includes(line.lineNumber) && !isGone(line));
    if (lines.length === 0 || uploadsPerCall === 0) return [];
    const isThere = lines.every(({ invoices }) =>
      invoices.some((invoice) => signsOf(invoice.number) === signsOf(number)),
    );
    if (isThere === (state === 'done') || (isThere && state === 'refused' && isAsked(held))) return [];
    return [`tracking number ${number} is ${state}, and ${isThere ? '' : 'not '}at the source`];
  });
  return [
    ...foreign.map(({ lineNumber }) => `line ${lineNumber} has a tracking number of no parcel`),
    ...told,
  ];
}

/** As sources write a tracking number. */
function signsOf(number: string): string {
  return number.replaceAll(/[\s-]/g, '');
}

/** Units that the customer wants no more, by the source, are cancelled, unless the warehouse was faster. */
function inCancelledUnits({ lines, claims }: HeldOrder, known: KnownOrder): string[] {
  const isTooLate = known.claims.some(
    ({ kind, outcome }) => kind === 'cancellation' && outcome === 'too late',
  );
  return lines.flatMap(({ lineNumber, quantity, cancelledQuantity }) => {
    const line = known.lines.find((each) => each.lineNumber === lineNumber);
    if (line === undefined) return [];
    const unwanted = Math.min(quantity, cancelledQuantity + requestedUnits(claims, lineNumber));
    const cancelled = known.stage === 'cancelled' ? line.quantity : line.cancelledQuantity;
    if (cancelled === unwanted || (isTooLate && cancelled < unwanted)) return [];
    return [`of line ${lineNumber}, ${unwanted} units are cancelled at the source, and ${cancelled} here`];
  });
}

function requestedUnits(claims: readonly HeldClaim[], lineNumber: string): number {
  return claims
    .filter(({ kind, state }) => kind === 'cancellation' && state === 'requested')
    .flatMap(({ lines }) => lines.filter((line) => line.lineNumber === lineNumber))
    .reduce((sum, { quantity }) => sum + quantity, 0);
}

function inClaims({ claims }: HeldOrder, known: KnownOrder, { cancellations }: Abilities): string[] {
  return claims
    .filter(({ kind }) => kind === 'cancellation')
    .flatMap((claim) => {
      // Of a claim on several lines, some sources tell line by line, with a number made of the claim's.
      const rows = known.claims.filter(
        ({ kind, claimId }) => kind === 'cancellation' && claimId.startsWith(claim.claimId),
      );
      if (rows.length === 0) return [`claim ${claim.claimId} is not in the database`];
      return cancellations.answered ? inAnswer(claim, rows, known) : [];
    });
}

/** Where a parcel's number answers a request by itself, whoever tells it has answered. */
function inAnswer(
  { claimId, state, answered }: HeldClaim,
  rows: KnownOrder['claims'],
  { parcels }: KnownOrder,
): string[] {
  const told = rows.filter(({ answer }) => answer === 'done');
  if (state === 'requested' && rows.some(({ answer }) => answer === 'awaited' || answer === 'pending'))
    return [`claim ${claimId} is not answered`];
  const isByNumber = state === 'withdrawn' && parcels.some((parcel) => parcel.state === 'done');
  if (answered && told.length === 0 && !isByNumber)
    return [`claim ${claimId} is answered at the source alone`];
  return told
    .filter(({ outcome }) => state !== (outcome === 'stopped' ? 'done' : 'withdrawn'))
    .map(({ outcome }) => `claim ${claimId} was told as ${outcome}, and is ${state} at the source`);
}
