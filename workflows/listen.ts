import { condition, setHandler } from '@temporalio/workflow';
import type { Standing } from '../domain/stage';
import { checkCombine, checkCommand, checkMove, checkSplit, checkVerdict } from './check-command';
import * as messages from './messages';
import * as step from './steps';

/** What a journey knows of itself between its steps. */
export interface JourneyState {
  standing: Standing;
  /** Something may have changed since the last look. */
  nudged: boolean;
  /** Something was told that only a look from the beginning takes in. */
  hasNews: boolean;
  /** Looks at the order, from a nudge to the next wait: so many have begun, and this one has ended. */
  begun: number;
  ended: number;
  isOver: boolean;
}

/** Sets what a journey listens to; the descriptions are what the Temporal UI offers. */
export function listen(orderKey: string, state: JourneyState): void {
  setNudges(state);
  setCommands(orderKey, state);
  setHandler(messages.standing, () => state.standing, { description: 'Where the order stands' });
}

function setNudges(state: JourneyState): void {
  const nudge = () => {
    state.nudged = true;
  };
  setHandler(messages.rematch, nudge, { description: 'Look again: a match was saved, or stock has come' });
  setHandler(messages.shipped, nudge, { description: 'The WMS has shipped something of it' });
  setHandler(messages.changed, () => tellNews(state), {
    description: 'The source has told something new of it',
  });
}

function setCommands(orderKey: string, state: JourneyState): void {
  /** A command changes MySQL; the journey then looks again from the beginning. */
  const thenLook = async <A>(answer: Promise<A>): Promise<A> => {
    const said = await answer;
    tellNews(state);
    return said;
  };
  setHandler(messages.rematchNow, () => lookNow(state), {
    description: 'Look again now, and answer where it stands then',
  });
  setHandler(messages.hold, (command) => thenLook(step.holdOrder(orderKey, command)), {
    description: 'Keep it in the house: {"by": "name", "reason": "…"}',
    validator: checkCommand,
  });
  setHandler(messages.release, (command) => thenLook(step.releaseOrder(orderKey, command)), {
    description: 'Let an order on hold go on: {"by": "name", "reason": "…"}',
    validator: checkCommand,
  });
  setHandler(messages.cancel, (command) => thenLook(step.cancelOrder(orderKey, command)), {
    description: 'Cancel it, at the WMS too: {"by": "name", "reason": "…"}',
    validator: checkCommand,
  });
  setHandler(messages.takeChange, (command) => thenLook(step.takeChange(orderKey, command)), {
    description: 'Send what came after the WMS had the rest, too: {"by": "name", "reason": "…"}',
    validator: checkCommand,
  });
  setHandler(messages.split, (command) => thenLook(step.splitOrder(orderKey, command)), {
    description:
      'Send a part now, the rest later: {"by": "name", "reason": "…", "lines": [{"line": "1", "quantity": 2}]}, without lines what is in stock',
    validator: checkSplit,
  });
  setHandler(messages.combine, (command) => thenLook(step.combineOrders(orderKey, command)), {
    description: 'Pack it with other orders: {"by": "name", "reason": "…", "with": ["channel/number"]}',
    validator: checkCombine,
  });
  setHandler(messages.separate, (command) => thenLook(step.separateOrder(orderKey, command)), {
    description: 'Take it out of what it is packed with: {"by": "name", "reason": "…"}',
    validator: checkCommand,
  });
  setHandler(messages.sendNow, (command) => thenLook(step.sendNow(orderKey, command)), {
    description: 'Wait for companions no longer: {"by": "name", "reason": "…"}',
    validator: checkCommand,
  });
  setHandler(messages.move, (command) => thenLook(step.moveOrder(orderKey, command)), {
    description: 'Move it to another WMS: {"by": "name", "reason": "…", "to": "wms"}',
    validator: checkMove,
  });
  setHandler(
    messages.resolveDispatch,
    ({ verdict, ...command }) => thenLook(step.resolveDispatch(orderKey, verdict, command)),
    {
      description:
        'Say whether the WMS has it: {"by": "name", "reason": "…", "verdict": "received"|"not-received"}, or what came of a cancellation: "cancelled"|"ships"',
      validator: checkVerdict,
    },
  );
}

function tellNews(state: JourneyState): void {
  state.hasNews = true;
  state.nudged = true;
}

async function lookNow(state: JourneyState): Promise<Standing> {
  // The look under way may have begun before whatever the person has just done.
  const underWay = state.begun;
  tellNews(state);
  await condition(() => state.ended > underWay || state.isOver);
  return state.standing;
}
