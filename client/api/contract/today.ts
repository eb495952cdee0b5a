import { z } from 'zod';
import { STAGES } from '../../../domain/stage';
import { TASK_KINDS } from '../../../domain/task';
import { contract } from './route';
import { day, nothing, pageOf, pageQuery, reason, rowId, time } from './values';

const count = z.number().int();

export const readToday = contract({
  method: 'GET',
  path: '/api/today',
  summary:
    'How things stand: open tasks, orders by stage, what came and left today in Seoul, and how old that is',
  role: 'viewer',
  response: z.object({
    at: time,
    day,
    tasks: z.array(z.object({ kind: z.enum(TASK_KINDS), open: count, oldest: time })),
    /** Of `done` and `cancelled`: those of today. */
    stages: z.array(z.object({ stage: z.enum(STAGES), orders: count })),
    /** Orders that arrived and parcels that left. */
    hours: z.array(z.object({ hour: count, arrived: count, left: count })),
    sources: z.array(
      z.object({ id: z.string(), paused: z.boolean(), collectedTo: time.nullable(), ranAt: time.nullable() }),
    ),
    wmses: z.array(
      z.object({
        id: z.string(),
        paused: z.boolean(),
        stockAt: time.nullable(),
        shipmentsAt: time.nullable(),
      }),
    ),
  }),
});

export const listTasks = contract({
  method: 'GET',
  path: '/api/tasks',
  summary: 'What waits for a person, the oldest first',
  role: 'viewer',
  query: pageQuery.extend({ kind: z.enum(TASK_KINDS).optional(), cursor: rowId.optional() }),
  response: pageOf(
    z.object({
      id: count,
      kind: z.enum(TASK_KINDS),
      orderKey: z.string().nullable(),
      connectionId: z.string().nullable(),
      rawRecordId: count.nullable(),
      reason: z.string(),
      /** As a command line. */
      nextAction: z.string(),
      openedAt: time,
      /** Others close by themselves once what they stop goes on. */
      closedByHand: z.boolean(),
    }),
  ),
});

export const closeTask = contract({
  method: 'POST',
  path: '/api/tasks/:id/close',
  summary: 'Say that a task is done which nothing else closes',
  role: 'operator',
  params: z.object({ id: rowId }),
  body: z.object({ reason }),
  response: nothing,
});
