import type { Client } from '@temporalio/client';
import type { Answer } from '../activities/answer';
import type { Commands } from '../activities/commands';
import type { Standing } from '../domain/stage';
import { type Commanded, commandJourney } from './command-journey';

/** Commands as updates of the orders' workflows. */
export function temporalCommands(client: Client): Commands {
  return {
    async give(orderKey, name, command, updateId) {
      const argument = name === 'rematchNow' ? undefined : command;
      return answerOf(
        await commandJourney<Answer | Standing>(client, orderKey, name, { argument, updateId }),
      );
    },
  };
}

function answerOf(commanded: Commanded<Answer | Standing>): Answer {
  switch (commanded.kind) {
    case 'answered': {
      const { answer } = commanded;
      return 'says' in answer ? answer : { done: true, says: `It is ${answer.stage} now` };
    }
    case 'refused':
      return { done: false, says: commanded.says };
    case 'no-journey':
      return { done: false, says: 'Its journey is over, or about to be started by the sweep' };
    case 'not-through':
      return { done: false, says: 'It has heard it, but is not through yet' };
    case 'not-heard':
      return { done: false, says: 'It may not have heard it yet' };
  }
}
