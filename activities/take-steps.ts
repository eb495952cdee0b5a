import { STAGES, type Stage, type Standing } from '../domain/stage';
import type { Deps } from './deps';
import { tryDispatchOrder } from './dispatch-order';
import { matchOrder } from './match-order';
import { recordSale } from './record-sale';
import { tryUploadTracking } from './upload-tracking';

export type Step = (deps: Deps, orderKey: string) => Promise<Standing>;

/** What can be done for an order at once, by the stage that it has come to. */
const NEXT: Partial<Record<Stage, Step>> = {
  normalized: matchOrder,
  matched: tryDispatchOrder,
  dispatched: recordSale,
  booked: tryUploadTracking,
};

/**
 * Takes a step and, as long as nothing stands in the way, those after it: what a journey would call one by
 * one goes together, since each call wakes its workflow once. A step back ends it.
 */
export async function takeSteps(deps: Deps, orderKey: string, first: Step): Promise<Standing> {
  let standing = await first(deps, orderKey);
  for (;;) {
    const { stage, waiting } = standing;
    const next = NEXT[stage];
    if (waiting !== undefined || next === undefined) return standing;
    standing = await next(deps, orderKey);
    if (STAGES.indexOf(standing.stage) <= STAGES.indexOf(stage)) return standing;
  }
}
