import { z } from 'zod';
import { CANDIDATE_REASONS } from '../../../domain/candidate';
import { FATES } from '../../../domain/deal-change';
import { DIFFERENCES } from '../../../domain/difference';
import { GIFT_CHANGES } from '../../../domain/gift-books';
import { MAY_DECIDE_DEALS } from '../../../domain/role';
import { contract } from './route';
import { ascii, code, nothing, orderKey, pageOf, pageQuery, reason, time, won } from './values';

const count = z.number().int();
const dealKey = z.string().regex(/^[0-9a-f]{64}$/u, 'a deal key as the queue gives it');
const wording = { channel: z.string(), deal: z.string(), option: z.string() };
/** Who is at work on a deal; null: nobody. */
const claim = z
  .object({
    claimedBy: z.string(),
    claimedAt: time,
    /** Who has handed it over, and what for; null: who is at it has taken it up. */
    handedBy: z.string().nullable(),
    note: z.string().nullable(),
  })
  .nullable();

const prices = z.object({ from: won, to: won });
const offer = { deal: z.string(), option: z.string(), prices: prices.nullable() };
/** What the channel has changed of a deal since it was decided; null: nothing that orders wait for. */
const change = z
  .object({
    /** As it was decided, and what it stands for. */
    decided: z.object(offer),
    configuration: z.string(),
    differs: z.array(z.enum(DIFFERENCES)),
  })
  .nullable();

export const listWaitingDeals = contract({
  method: 'GET',
  path: '/api/matching/waiting',
  summary:
    'Deals that nobody has decided, and those that their channel has changed since; those that most orders wait for first',
  role: 'viewer',
  response: z.object({
    rows: z.array(
      z.object({
        dealKey,
        ...wording,
        /** What a unit costs in the orders that wait; null: none tells it. */
        prices: prices.nullable(),
        orders: count,
        firstSeen: time.nullable(),
        claim,
        change,
      }),
    ),
  }),
});

export const listMatches = contract({
  method: 'GET',
  path: '/api/matching/matches',
  summary: 'The decisions in force, the newest first',
  role: 'viewer',
  query: pageQuery.extend({
    q: z.string().trim().max(100).optional(),
  }),
  response: pageOf(
    z.object({
      dealKey,
      ...wording,
      configuration: z.string(),
      version: count,
      madeBy: z.string(),
      madeAt: time,
    }),
  ),
});

export const readDeal = contract({
  method: 'GET',
  path: '/api/matching/deals/:dealKey',
  summary: 'A deal with what it may stand for, the lines that wait for it, and every decision so far',
  role: 'viewer',
  params: z.object({ dealKey }),
  response: z.object({
    dealKey,
    ...wording,
    /** Of the decision in force; 0: nobody has decided it. */
    version: count,
    /** What a unit costs in the orders that wait; null: none does. */
    prices: prices.nullable(),
    change,
    claim,
    /** Suggestions; none is ever taken by itself. */
    candidates: z.array(
      z.object({
        configuration: z.string(),
        name: z.string(),
        score: z.number(),
        reason: z.enum(CANDIDATE_REASONS),
        from: z.object(wording).nullable(),
        numbersDiffer: z.boolean(),
        /** What its items cost together. */
        price: won.nullable(),
        isPriceNear: z.boolean(),
      }),
    ),
    lines: z.array(z.object({ orderKey: z.string(), line: z.string(), units: count, orderedAt: time })),
    history: z.array(
      z.object({
        version: count,
        configuration: z.string(),
        madeBy: z.string(),
        madeAt: time,
        reason: z.string(),
        holdsFrom: time.nullable(),
        undoneBy: z.string().nullable(),
        undoneAt: time.nullable(),
        undoneReason: z.string().nullable(),
        /** What a unit cost in the orders that it was decided for. */
        priceFrom: won.nullable(),
        priceTo: won.nullable(),
      }),
    ),
  }),
});

export const claimDeal = contract({
  method: 'POST',
  path: '/api/matching/deals/:dealKey/claim',
  summary:
    'Take up a deal, or take it over: until it is decided, let go or left lying, others cannot decide it',
  role: MAY_DECIDE_DEALS,
  params: z.object({ dealKey }),
  /** `takesOver`: also where somebody else is at it. */
  body: z.object({ takesOver: z.boolean().optional() }),
  response: nothing,
});

export const letGoOfDeal = contract({
  method: 'POST',
  path: '/api/matching/deals/:dealKey/let-go',
  summary: 'Leave a deal that was taken up to the others, undecided',
  role: MAY_DECIDE_DEALS,
  params: z.object({ dealKey }),
  response: nothing,
});

export const takeNextDeal = contract({
  method: 'POST',
  path: '/api/matching/next',
  summary:
    'Take up the deal to decide next: the one that is yours already, or else the first that nobody is at',
  role: MAY_DECIDE_DEALS,
  /** `skips`: leave the one that is yours to the others, and go on to the next after it. */
  body: z.object({ skips: z.boolean().optional() }),
  /** Null: nothing waits, or others are at all that does. */
  response: z.object({ dealKey: dealKey.nullable() }),
});

export const handOverDeal = contract({
  method: 'POST',
  path: '/api/matching/deals/:dealKey/hand-over',
  summary: 'Give a deal to somebody else, who is to decide it',
  role: MAY_DECIDE_DEALS,
  params: z.object({ dealKey }),
  body: z.object({ to: z.string().max(100), reason }),
  response: nothing,
});

export const listDeciders = contract({
  method: 'GET',
  path: '/api/matching/people',
  summary: 'Those to whom a deal can be handed over',
  role: MAY_DECIDE_DEALS,
  response: z.object({ names: z.array(z.string()) }),
});

const decision = {
  configuration: code,
  /** For what was ordered from then on; left out: whenever it was ordered. */
  holdsFrom: time.optional(),
};

/** How many orders meet each fate. */
const counts = z.record(z.enum(FATES), count);

const giftChange = {
  ruleId: count,
  name: z.string(),
  /** What is given, or taken back, and how many of it. */
  configuration: z.string(),
  quantity: count,
  change: z.enum(GIFT_CHANGES),
};

const effect = z.object({
  counts,
  /** The newest of each fate. */
  orders: z.array(
    z.object({
      orderKey: z.string(),
      orderedAt: time,
      fate: z.enum(FATES),
      /** What changes of what it is given. */
      gifts: z.array(z.object(giftChange)),
    }),
  ),
  /** Of how many orders each change is. */
  gifts: z.array(z.object({ ...giftChange, orders: count })),
});

const decided = z.object({
  /** Of the decision that is in force now; 0: none. */
  version: count,
  before: z.string().nullable(),
  counts,
  /** Under which the orders are worked off; null: there are none. */
  jobId: count.nullable(),
});

export const previewDecision = contract({
  method: 'POST',
  path: '/api/matching/deals/:dealKey/preview',
  summary: 'What becomes of the orders of a deal if this is saved; nothing is changed',
  role: MAY_DECIDE_DEALS,
  params: z.object({ dealKey }),
  body: z.object(decision),
  response: effect,
});

export const decideDeal = contract({
  method: 'POST',
  path: '/api/matching/deals/:dealKey',
  summary: 'Say what a deal stands for from now on; its orders that are not sent follow in the background',
  role: MAY_DECIDE_DEALS,
  params: z.object({ dealKey }),
  body: z.object({
    ...decision,
    /** The one that was seen; 0: nobody had decided it. */
    version: count.min(0),
    /** What a unit costs in the orders that were seen; left out: in those that wait. */
    prices: prices.optional(),
    reason,
  }),
  response: decided,
});

export const confirmDeal = contract({
  method: 'POST',
  path: '/api/matching/deals/:dealKey/confirm',
  summary: 'Say that a deal which the channel has changed still stands for the same; its orders go on',
  role: MAY_DECIDE_DEALS,
  params: z.object({ dealKey }),
  body: z.object({ version: count.min(0), prices: prices.optional(), reason }),
  response: decided,
});

export const previewUndo = contract({
  method: 'GET',
  path: '/api/matching/deals/:dealKey/undo',
  summary: 'What becomes of the orders of a deal if its newest decision is undone; nothing is changed',
  role: MAY_DECIDE_DEALS,
  params: z.object({ dealKey }),
  response: effect.extend({ version: count }),
});

export const undoDecision = contract({
  method: 'POST',
  path: '/api/matching/deals/:dealKey/undo',
  summary: 'Take back the newest decision for a deal; what is not sent stands for what it stood for before',
  role: MAY_DECIDE_DEALS,
  params: z.object({ dealKey }),
  body: z.object({ version: count.min(1), reason }),
  response: decided,
});

export const decideOnce = contract({
  method: 'POST',
  path: '/api/matching/once',
  summary: 'Decide one line of one order that nobody has decided, and nothing else',
  role: MAY_DECIDE_DEALS,
  body: z.object({
    orderKey,
    line: ascii.min(1).max(60),
    configuration: code,
    reason,
  }),
  response: z.object({ lineKey: z.string(), rematched: z.boolean() }),
});
