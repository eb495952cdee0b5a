import {
  allHandlersFinished,
  condition,
  setCurrentDetails,
  upsertSearchAttributes,
} from '@temporalio/workflow';
import { isAtRest, type Standing } from '../domain/stage';
import { describe } from './describe';
import { type JourneyState, listen } from './listen';

/** How a journey shows where it stands, and how it waits. */
export interface Journey {
  /** Shows a standing in the Temporal UI. */
  show(standing: Standing): void;
  /** Waits until something may have changed; in ms, no longer than that. */
  untilNudged(atMostMs?: number): Promise<void>;
  /** Whether something was told that only a look from the beginning takes in. */
  hasNews(): boolean;
  /** Where the next step begins. */
  goingOnFrom(standing: Standing): Standing;
  /** Waits until every command that came in has been answered. */
  untilAnswered(): Promise<void>;
}

export function openJourney(orderKey: string): Journey {
  const state: JourneyState = {
    standing: { stage: 'collected' },
    nudged: false,
    hasNews: false,
    begun: 0,
    ended: -1,
    isOver: false,
  };
  let shown = '';
  listen(orderKey, state);
  return {
    show(standing) {
      state.standing = standing;
      const { stage, waiting } = standing;
      if (waiting === undefined && !isAtRest(standing)) return;
      state.ended = state.begun;
      const now = `${stage}/${waiting ?? ''}`;
      if (now === shown) return;
      shown = now;
      setCurrentDetails(describe(orderKey, standing));
      upsertSearchAttributes({ BoostaStage: [stage], BoostaWaiting: waiting === undefined ? [] : [waiting] });
    },
    async untilNudged(atMostMs) {
      const isNudged = () => state.nudged;
      await (atMostMs === undefined ? condition(isNudged) : condition(isNudged, atMostMs));
      state.nudged = false;
      state.begun += 1;
    },
    hasNews: () => state.hasNews,
    goingOnFrom({ stage, waiting, at }) {
      const isNews = state.hasNews;
      state.hasNews = false;
      if (isNews) return { stage: 'collected' };
      if (waiting === 'failed') return { stage, waiting };
      return waiting === 'retry' ? { stage, waiting, ...(at === undefined ? {} : { at }) } : { stage };
    },
    async untilAnswered() {
      state.isOver = true;
      await condition(allHandlersFinished);
    },
  };
}
