import { z } from 'zod';
import { DISPATCH_STATES, DOUBTS } from '../../../domain/dispatch-protocol';
import { TASK_KINDS } from '../../../domain/task';
import { VERDICTS } from '../../../domain/verdict';
import { contract } from './route';
import { code, orderParams, pageOf, pageQuery, reason, time } from './values';

const state = z.enum(DISPATCH_STATES);
const dispatchId = z.string().regex(/^[a-z2-7]{26}$/u);

export const wmsOverview = contract({
  method: 'GET',
  path: '/api/dispatch/wmses',
  summary: 'The WMSes in use: what is open at each, its limit, when it was last read, whether it answers',
  role: 'viewer',
  response: z.object({
    wmses: z.array(
      z.object({
        id: z.string(),
        adapter: z.string(),
        paused: z.boolean(),
        callsPerMinute: z.number().int(),
        onAbsent: z.enum(['ask', 'resend']),
        open: z.partialRecord(state, z.number().int()),
        shipmentsReadAt: time.nullable(),
        stockReadAt: time.nullable(),
        keepsStock: z.boolean(),
        silence: z.array(z.object({ says: z.string(), since: time })),
      }),
    ),
    /** Dispatches for which no WMS has been chosen yet. */
    unclaimed: z.partialRecord(state, z.number().int()),
  }),
});

const listed = z.object({
  id: z.string(),
  code: z.string(),
  orderKey: z.string(),
  /** All that are packed together in it. */
  orders: z.array(z.string()),
  wms: z.string().nullable(),
  directedTo: z.string().nullable(),
  state,
  doubt: z.enum(DOUBTS),
  generation: z.number().int(),
  reference: z.string().nullable(),
  problem: z.string().nullable(),
  createdAt: time,
  acceptedAt: time.nullable(),
  leaseExpiresAt: time.nullable(),
});

export const listDispatches = contract({
  method: 'GET',
  path: '/api/dispatch/dispatches',
  summary: 'The dispatches of a WMS in one state, the newest first',
  role: 'viewer',
  /** Without a WMS: those for which none has been chosen yet. */
  query: pageQuery.extend({ wms: code.optional(), state }),
  response: pageOf(listed),
});

export const listDoubtful = contract({
  method: 'GET',
  path: '/api/dispatch/doubtful',
  summary: "The dispatches that wait for a person's word, the oldest first",
  role: 'viewer',
  query: pageQuery,
  response: pageOf(listed),
});

const attempt = z.object({
  id: z.number().int(),
  kind: z.enum(['create', 'look-up', 'cancel']),
  startedAt: time,
  finishedAt: time.nullable(),
  outcome: z.string().nullable(),
  reason: z.string().nullable(),
  status: z.number().int().nullable(),
  request: z.string().nullable(),
  response: z.string().nullable(),
});

const evidence = z.object({
  orderKey: z.string(),
  masked: z.boolean(),
  /** Since when what was sent and received is gone; null while it is kept. */
  erasedAt: time.nullable(),
  dispatches: z.array(listed.omit({ orderKey: true }).extend({ attempts: z.array(attempt) })),
});

export const showEvidence = contract({
  method: 'GET',
  path: '/api/dispatch/orders/:channel/:number',
  summary: "Every request of an order's dispatches, its answer and every look-up, personal data masked",
  role: 'viewer',
  params: orderParams,
  response: evidence,
});

export const revealEvidence = contract({
  method: 'POST',
  path: '/api/dispatch/orders/:channel/:number/reveal',
  summary: 'The same with its personal data; who looked and why is kept',
  role: 'operator',
  answersOnce: true,
  params: orderParams,
  body: z.object({ reason }),
  response: evidence,
});

export const settleDispatch = contract({
  method: 'POST',
  path: '/api/dispatch/orders/:channel/:number/resolve',
  summary: 'Say what nobody else can tell: whether the WMS has it, or has cancelled it',
  role: 'operator',
  params: orderParams,
  body: z.object({
    dispatch: dispatchId,
    /** As it was when you looked. */
    state,
    verdict: z.enum(VERDICTS),
    reason,
  }),
  response: z.object({ says: z.string() }),
});

const short = z.object({ itemCode: z.string(), needed: z.number().int(), sellable: z.number().int() });

export const shadowRun = contract({
  method: 'POST',
  path: '/api/dispatch/shadow',
  summary: 'What another WMS would refuse or lack of all that is still to ship; sends nothing',
  role: 'operator',
  perMinute: 30,
  body: z.object({
    to: code,
    /** Only what was made ready since then. */
    since: time.optional(),
  }),
  response: z.object({
    wms: z.string(),
    dispatches: z.number().int(),
    /** Of how many orders; the first are named below. */
    orders: z.number().int(),
    differences: z.array(
      z.object({ orderKey: z.string(), code: z.string(), from: z.string().nullable(), says: z.string() }),
    ),
    short: z.array(short),
  }),
});

const difference = z.object({
  task: z.number().int(),
  wms: z.string().nullable(),
  kind: z.enum(TASK_KINDS),
  orderKey: z.string().nullable(),
  reason: z.string(),
  openedAt: time,
});

export const listDifferences = contract({
  method: 'GET',
  path: '/api/dispatch/differences',
  summary: 'What comparisons with the WMSes have found that is still open',
  role: 'viewer',
  response: z.object({ differences: z.array(difference) }),
});

export const reconcile = contract({
  method: 'POST',
  path: '/api/dispatch/reconcile',
  summary: 'Compare now what was sent with what a WMS says it has',
  role: 'operator',
  perMinute: 30,
  body: z.object({ wms: code }),
  response: z.object({
    /** How it was asked. */
    by: z.enum(['list', 'look-ups', 'nothing']),
    told: z.number().int(),
    expected: z.number().int(),
    differences: z.number().int(),
  }),
});
