import { type DispatchState, isUnsent } from './dispatch-protocol';
import type { Stage } from './stage';

/**
 * What a decision about a deal does to the orders of that deal, as pure functions: the preview asks them before
 * anything is saved, and each order is asked again under its locks when it is done.
 */

/** What a line stands for, and by which version of its deal's match (null: for this order only). */
export interface Meaning {
  readonly configuration: string;
  readonly configurationVersion: number;
  readonly matchVersion: number | null;
}

/** A new version of a deal's match, or the undoing of one. */
export interface DealChange {
  readonly kind: 'save' | 'undo';
  readonly version: number;
}

/** A line of the deal. */
export interface DealLine {
  readonly lineKey: string;
  /** Those that the customer still wants. */
  readonly units: number;
  /** A person has decided it for its order only. */
  readonly isOnce: boolean;
  /** What is written down for it; null: nothing yet. */
  readonly written: Meaning | null;
  /** What its deal stands for once the change is made; null: nobody has decided it then. */
  readonly inForce: Meaning | null;
  /** It costs something else than where that was decided: it cannot be matched by it until somebody confirms that. */
  readonly isOtherPrice: boolean;
  /** What it stood for before this version of the match re-matched it. */
  readonly replaced: Meaning | null;
}

/** An order with its lines of the deal. */
export interface DealOrder {
  readonly stage: Stage;
  /** Of its dispatches that are not over. */
  readonly states: readonly DispatchState[];
  /** It was ordered when the version holds that is undone. */
  readonly isWithin: boolean;
  /** It is on hold, or another deal of it is undecided or changed: unmatched, it waits whatever this deal stands for. */
  readonly waitsOtherwise: boolean;
  readonly lines: readonly DealLine[];
}

/**
 * What becomes of an order: it has waited and goes on, or waits on for something else; or what is not sent of it is
 * matched anew, or waits for a decision again; what the WMS may have, and what has shipped, stays as it is.
 */
export const FATES = ['goes-on', 'waits-on', 'rematched', 'waits-again', 'sent', 'shipped'] as const;
export type Fate = (typeof FATES)[number];

/** Fates in which something is done to the order. */
export function isChanged(fate: Fate): boolean {
  return fate !== 'sent' && fate !== 'shipped';
}

/** What a line stands for after a change; null: somebody is to decide; undefined: the change is not about it. */
export function meaningAfter({ kind, version }: DealChange, line: DealLine): Meaning | null | undefined {
  if (line.isOnce || line.units === 0) return undefined;
  // Where a newer decision is in force already, that one's own change is about the line.
  if (kind === 'save') return line.inForce?.matchVersion === version ? line.inForce : undefined;
  if (line.written?.matchVersion !== version) return undefined;
  return line.replaced ?? (line.isOtherPrice ? null : line.inForce);
}

/** The lines that stand for something else after a change, with what they stand for then. */
export function changedLines(
  change: DealChange,
  lines: readonly DealLine[],
): { readonly line: DealLine; readonly after: Meaning | null }[] {
  return lines.flatMap((line) => {
    const after = meaningAfter(change, line);
    return after === undefined || isSameContent(line.written, after) ? [] : [{ line, after }];
  });
}

/**
 * What lines of the deal stand for after a change, where that is not what is written for them (null: nobody has
 * decided): of an order that is not matched yet, by what is in force then; of another one, of those that change.
 */
export function meaningsAfter(change: DealChange, { stage, lines }: DealOrder): Map<string, Meaning | null> {
  if (stage === 'collected' || stage === 'normalized')
    return new Map(lines.flatMap((line) => (line.isOnce ? [] : [[line.lineKey, line.inForce] as const])));
  return new Map(changedLines(change, lines).map(({ line, after }) => [line.lineKey, after]));
}

/** Another version of the match that says the same changes nothing of what is in the box. */
function isSameContent(a: Meaning | null, b: Meaning | null): boolean {
  return a?.configuration === b?.configuration && a?.configurationVersion === b?.configurationVersion;
}

/** What becomes of an order by a change; undefined: nothing. */
export function fateOf(change: DealChange, order: DealOrder): Fate | undefined {
  const { stage, states, lines } = order;
  switch (stage) {
    case 'cancelled':
      return undefined;
    case 'collected':
    case 'normalized':
      return fateOfUnmatched(change, order);
    default: {
      const changed = changedLines(change, lines);
      if (changed.length === 0) return undefined;
      if (stage === 'booked' || stage === 'done' || states.includes('shipped')) return 'shipped';
      if (stage === 'dispatched' || !states.every(isUnsent)) return 'sent';
      return changed.some(({ after }) => after === null) ? 'waits-again' : 'rematched';
    }
  }
}

/** What its lines stand for is decided when it is matched: what is written of an earlier reading does not count. */
function fateOfUnmatched(
  change: DealChange,
  { isWithin, waitsOtherwise, lines }: DealOrder,
): 'waits-on' | 'goes-on' | undefined {
  if (change.kind === 'save') {
    if (!lines.some((line) => meaningAfter(change, line) !== undefined)) return undefined;
    return waitsOtherwise ? 'waits-on' : 'goes-on';
  }
  const wanted = isWithin ? lines.filter(({ isOnce, units }) => !isOnce && units > 0) : [];
  if (wanted.length === 0) return undefined;
  // It waits for this deal again, too, or goes on by the decision before, which its price may fit.
  const isOpen = wanted.some(({ inForce, isOtherPrice }) => inForce === null || isOtherPrice);
  return waitsOtherwise || isOpen ? 'waits-on' : 'goes-on';
}
