import { z } from 'zod';
import { BOUGHT_KINDS, GIFT_STATES, NOT_GIVEN, STACKINGS, WHEN_SHORT } from '../../../domain/gift';
import { contract } from './route';
import { code, day, nothing, orderKey, reason, rowId, time, won } from './values';

const count = z.number().int();
/** Empty: any. */
const any = z.literal('').or(code);
const shape = {
  name: z.string().trim().min(1).max(100),
  /** The smallest is asked first. */
  priority: count.min(1).max(9_999),
  stacking: z.enum(STACKINGS),
  channel: any,
  bought: z.enum(BOUGHT_KINDS),
  /** The item's or configuration's; empty for anything. */
  boughtCode: any,
  /** Won that were paid for what the rule looks at. */
  amountFrom: won.refine((amount) => amount >= 0n, 'not negative'),
  /** Pieces of the item, or else units. */
  quantityFrom: count.min(1).max(1_000_000),
  /** Days in Seoul on which the order was placed, both included; null: open. */
  dayFrom: day.nullable(),
  dayTo: day.nullable(),
  /** It gives to so many orders; null: to all. */
  firstN: count.min(1).max(10_000_000).nullable(),
  oncePerReceiver: z.boolean(),
  /** What is given, and how many of it. */
  configuration: code,
  quantity: count.min(1).max(999),
  whenShort: z.enum(WHEN_SHORT),
};
const terms = z.object(shape);
const known = z.object({
  ...shape,
  amountFrom: won,
  version: count,
  madeBy: z.string(),
  madeAt: time,
  reason: z.string(),
});
const rule = known.extend({
  id: count,
  /** To how many orders it has given. */
  given: count,
  endedAt: time.nullable(),
  endedBy: z.string().nullable(),
  endedReason: z.string().nullable(),
});

export const listGiftRules = contract({
  method: 'GET',
  path: '/api/gifts/rules',
  summary: 'The gift rules by their newest versions, those in force first',
  role: 'viewer',
  response: z.object({ rules: z.array(rule) }),
});

export const showGiftRule = contract({
  method: 'GET',
  path: '/api/gifts/rules/:id',
  summary: 'A gift rule with every version of it',
  role: 'viewer',
  params: z.object({ id: rowId }),
  response: z.object({ rule, versions: z.array(known) }),
});

export const addGiftRule = contract({
  method: 'POST',
  path: '/api/gifts/rules',
  summary: 'Give to orders that are matched from now on',
  role: 'manager',
  body: terms.extend({ reason }),
  response: z.object({ id: count }),
});

export const changeGiftRule = contract({
  method: 'PUT',
  path: '/api/gifts/rules/:id',
  summary: 'Give by other terms from now on; what was given stays',
  role: 'manager',
  params: z.object({ id: rowId }),
  /** `version`: the one that was seen. */
  body: terms.extend({ version: count, reason }),
  response: z.object({ version: count }),
});

export const endGiftRule = contract({
  method: 'POST',
  path: '/api/gifts/rules/:id/end',
  summary: 'Give nothing more by a rule; what was given stays',
  role: 'manager',
  params: z.object({ id: rowId }),
  body: z.object({ version: count, reason }),
  response: nothing,
});

export const tryGifts = contract({
  method: 'POST',
  path: '/api/gifts/try',
  summary: 'What the rules would have given to the orders of a stretch; nothing is written',
  role: 'viewer',
  body: z.object({
    from: time,
    to: time,
    /** A rule that is not saved yet, in the place of the one of this number. */
    draft: z.object({ id: rowId.nullable(), terms }).optional(),
    /** The rules' own days count, too. */
    keepDays: z.boolean().default(false),
  }),
  response: z.object({
    orders: count,
    undecided: count,
    rules: z.array(
      z.object({
        id: count.nullable(),
        name: z.string(),
        configuration: z.string(),
        orders: count,
        units: count,
        notGiven: z.array(z.object({ why: z.enum(NOT_GIVEN), orders: count })),
        examples: z.array(z.string()),
      }),
    ),
  }),
});

export const explainGifts = contract({
  method: 'GET',
  path: '/api/gifts/of-order',
  summary: 'What an order was given, and what each rule in force says to it',
  role: 'viewer',
  query: z.object({ key: orderKey }),
  response: z.object({
    gifts: z.array(
      z.object({
        ruleId: count,
        version: count,
        name: z.string(),
        state: z.enum(GIFT_STATES),
        changedAt: time,
        configuration: z.string().nullable(),
        quantity: count,
      }),
    ),
    /** Nobody has decided what some of it stands for: what the rules say is not final. */
    isUndecided: z.boolean(),
    rules: z.array(z.object({ id: count, name: z.string(), whyNot: z.enum(NOT_GIVEN).nullable() })),
  }),
});
