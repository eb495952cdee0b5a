import { z } from 'zod';
import { BACKFILL_STATES } from '../../../domain/backfill';
import { CLAIM_ANSWERS, CLAIM_KINDS, CLAIM_STATES } from '../../../domain/claim';
import { contract } from './route';
import { code, nothing, orderParams, pageOf, pageQuery, reason, rowId, time } from './values';

const scheduleId = z.string().regex(/^[A-Za-z0-9._/-]{1,120}$/u);

export const listSchedules = contract({
  method: 'GET',
  path: '/api/collection/schedules',
  summary: 'What runs by itself, and how it stands',
  role: 'viewer',
  response: z.object({
    rows: z.array(
      z.object({
        scheduleId,
        state: z.enum(['running', 'paused', 'missing']),
        /** Who paused it, and why. */
        note: z.string().nullable(),
        everySeconds: z.number().nullable(),
        lastRun: time.nullable(),
        nextRun: time.nullable(),
        /** How the last run that is through has ended, in Temporal's word. */
        lastResult: z.string().nullable(),
      }),
    ),
    /** Of Temporal's Web UI. */
    temporalUi: z.string().nullable(),
  }),
});

export const commandSchedule = contract({
  method: 'POST',
  path: '/api/collection/schedules',
  summary: 'Let a schedule rest, let it run again, or run it once now',
  role: 'operator',
  body: z.object({ scheduleId, command: z.enum(['pause', 'unpause', 'trigger']), reason }),
  response: nothing,
});

const sourceParams = z.object({ source: code });

export const listSources = contract({
  method: 'GET',
  path: '/api/collection/sources',
  summary: 'The sources in use, and how far each has been read',
  role: 'viewer',
  response: z.object({
    rows: z.array(
      z.object({
        id: code,
        adapter: z.string(),
        paused: z.boolean(),
        /** False: its orders come from files. */
        collects: z.boolean(),
        /** Read up to there without a gap. */
        coveredTo: time.nullable(),
        lookBackDays: z.number().nullable(),
      }),
    ),
  }),
});

const window = z.object({ from: time, to: time });

export const readCoverage = contract({
  method: 'GET',
  path: '/api/collection/sources/:source/coverage',
  summary:
    'Which time of a source was read and which was not; a month at most, the last day unless said otherwise',
  role: 'viewer',
  params: sourceParams,
  query: z.object({ from: time.optional(), to: time.optional() }),
  response: window.extend({
    source: code,
    /** Before its first run nothing was to be read. */
    beganAt: time.nullable(),
    /** What comes after it is still to be read, and is no gap. */
    readTo: time.nullable(),
    read: z.array(window),
    gaps: z.array(window),
    /** Gaps that nobody can read any more: the source gives nothing so old. */
    givenUp: z.array(window),
  }),
});

export const listRuns = contract({
  method: 'GET',
  path: '/api/collection/sources/:source/runs',
  summary: 'The runs that have read a source, the newest first',
  role: 'viewer',
  params: sourceParams,
  query: pageQuery.extend({ cursor: rowId.optional() }),
  response: pageOf(
    window.extend({
      id: z.number().int(),
      workflowRunId: z.string(),
      finishedAt: time,
      records: z.number().int(),
      newRecords: z.number().int(),
      /** Orders that something new was said of. */
      orders: z.number().int(),
      /** How many records the source said there were. */
      announced: z.number().int().nullable(),
    }),
  ),
});

const backfillsOf = { path: '/api/collection/sources/:source/backfills', params: sourceParams } as const;

export const startBackfill = contract({
  ...backfillsOf,
  method: 'POST',
  summary: 'Have a stretch of a source read again in the background; answers at once',
  role: 'operator',
  body: window.extend({ reason }),
  response: z.object({ id: z.number().int() }),
});

export const listBackfills = contract({
  ...backfillsOf,
  method: 'GET',
  summary: 'The stretches of a source that people have had read again, the newest first',
  role: 'viewer',
  query: pageQuery.extend({ cursor: rowId.optional() }),
  response: pageOf(
    window.extend({
      id: z.number().int(),
      /** Stopped: its run has gone, as when somebody has terminated it. */
      state: z.enum([...BACKFILL_STATES, 'stopped']),
      windows: z.number().int(),
      windowsRead: z.number().int(),
      /** Orders that something new was said of. */
      orders: z.number().int(),
      failure: z.string().nullable(),
      reason: z.string(),
      madeBy: z.string(),
      madeAt: time,
      updatedAt: time,
    }),
  ),
});

const count = z.number().int().min(0);
const channelRule = {
  /** Minutes after midnight in Seoul: an order placed later counts as of the next day. */
  cutOffMinutes: count.max(1_440),
  /** Working days after that day until which it has to ship. */
  shipWithinDays: count.max(365),
  /** Units of each listing that are kept back when stock is told to the channel. */
  stockBuffer: count.max(999_999),
  /** So many percent below and above what a deal was decided at its price is trivial: its orders do not wait. */
  driftPercent: count.max(999),
};

export const listChannels = contract({
  method: 'GET',
  path: '/api/collection/channels',
  summary: "Whose word counts for which channel's orders, since when, and what the channel expects",
  role: 'viewer',
  response: z.object({
    rows: z.array(
      z.object({
        channel: code,
        /** Null: nobody has said yet. */
        source: code.nullable(),
        since: time.nullable(),
        /** What comes after it. */
        planned: z.array(z.object({ source: code, validFrom: time })),
        /** What was before it, the newest first. */
        earlier: z.array(z.object({ source: code, validFrom: time })),
        /** What it expects of us; null: nobody has said. */
        rule: z.object(channelRule).nullable(),
      }),
    ),
  }),
});

export const assignChannel = contract({
  method: 'PUT',
  path: '/api/collection/channels/:channel/source',
  summary: "Let a source's word count for a channel",
  role: 'manager',
  params: z.object({ channel: code }),
  body: z.object({
    source: code,
    /** Now, unless given. */
    validFrom: time.optional(),
    /** The source that counted when this was decided; null for none. */
    replaces: code.nullable(),
    reason,
  }),
  response: nothing,
});

export const setChannelRule = contract({
  method: 'PUT',
  path: '/api/collection/channels/:channel/rule',
  summary:
    'What a channel expects: by when orders ship, how much stock is kept back, which prices are trivial',
  role: 'manager',
  params: z.object({ channel: code }),
  body: z.object({ ...channelRule, reason }),
  response: nothing,
});

export const listClaims = contract({
  method: 'GET',
  path: '/api/collection/claims',
  summary:
    'What customers asked for after ordering, by whether its source was answered; the longest waiting first',
  role: 'viewer',
  query: pageQuery.extend({ answer: z.enum(CLAIM_ANSWERS).default('awaited') }),
  response: pageOf(
    z.object({
      source: code,
      orderKey: z.string(),
      claimId: z.string(),
      kind: z.enum(CLAIM_KINDS),
      state: z.enum(CLAIM_STATES),
      requestedAt: time,
      /** How the race with the warehouse ended; null while it runs. */
      outcome: z.enum(['stopped', 'too late', 'unknown', 'returned']).nullable(),
      answerReason: z.string().nullable(),
      updatedAt: time,
    }),
  ),
});

export const TRACKING_STATES = ['refused', 'pending', 'done'] as const;

export const listTracking = contract({
  method: 'GET',
  path: '/api/collection/tracking',
  summary: 'Tracking numbers on their way back to the channels, with the error of those that were refused',
  role: 'viewer',
  query: pageQuery.extend({ state: z.enum(TRACKING_STATES).default('refused') }),
  response: pageOf(
    z.object({
      orderKey: z.string(),
      shipmentId: z.number().int(),
      carrier: z.string(),
      trackingNumber: z.string(),
      state: z.enum(TRACKING_STATES),
      reason: z.string().nullable(),
      updatedAt: time,
    }),
  ),
});

export const resendTracking = contract({
  method: 'POST',
  path: '/api/collection/tracking/:channel/:number/resend',
  summary: "Tell an order's source its tracking numbers again",
  role: 'operator',
  params: orderParams,
  body: z.object({
    /** Only this one of its parcels. */
    shipmentId: rowId.optional(),
    reason,
  }),
  response: z.object({ parcels: z.number().int() }),
});
