import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { Answer } from '../activities/answer';
import type { CombineCommand } from '../activities/combine-orders';
import type { DispatchMeant } from '../activities/resolve-dispatch';
import type { SplitCommand } from '../activities/split-order';
import type { Standing } from '../domain/stage';
import type { Verdict } from '../domain/verdict';

/** Who asks, and why: `{"by": "name", "reason": "…"}` on Temporal's own command line. */
export interface Command {
  readonly by: string;
  readonly reason: string;
}

/** Nudges: the fact they speak of is in MySQL before they are sent. */
export const rematch = defineSignal('rematch');
export const shipped = defineSignal('shipped');
export const changed = defineSignal('changed');

/** To a bulk action: rows of its job are to be done that it may have taken for done. */
export const goOn = defineSignal('goOn');

/** A person's commands, which answer with what happened. */
export const rematchNow = defineUpdate<Standing, []>('rematchNow');
export const hold = defineUpdate<Answer, [Command]>('hold');
export const release = defineUpdate<Answer, [Command]>('release');
export const takeChange = defineUpdate<Answer, [Command]>('takeChange');
export const cancel = defineUpdate<Answer, [Command]>('cancel');
export const split = defineUpdate<Answer, [SplitCommand]>('split');
export const combine = defineUpdate<Answer, [CombineCommand]>('combine');
export const separate = defineUpdate<Answer, [Command]>('separate');
export const sendNow = defineUpdate<Answer, [Command]>('sendNow');
export const move = defineUpdate<Answer, [Command & { to: string }]>('move');
export const resolveDispatch = defineUpdate<Answer, [Command & DispatchMeant & { verdict: Verdict }]>(
  'resolveDispatch',
);

export const standing = defineQuery<Standing>('standing');
