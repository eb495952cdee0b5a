import { z } from 'zod';
import { ALERT_WAYS } from '../../../domain/alert';
import { TASK_KINDS } from '../../../domain/task';
import { contract } from './route';
import { code, nothing, reason, time } from './values';

const MINUTES_A_DAY = 1_440;

const rule = {
  via: z.enum(ALERT_WAYS),
  /** None: all. */
  kinds: z.array(z.enum(TASK_KINDS)).max(TASK_KINDS.length),
  everyMinutes: z.number().int().min(1).max(MINUTES_A_DAY),
  paused: z.boolean(),
};
const target = z.string().trim().min(3).max(1_000);
const params = z.object({ name: code });
const version = z.number().int();

export const listAlerts = contract({
  method: 'GET',
  path: '/api/alerts',
  summary: 'Who is told of new tasks, and whether it works',
  role: 'manager',
  response: z.object({
    alerts: z.array(
      z.object({
        name: z.string(),
        ...rule,
        /** The host, or the mail address without most of its name. */
        targetHint: z.string(),
        lastToldAt: time.nullable(),
        /** Why the last message did not arrive. */
        failure: z.string().nullable(),
        version,
      }),
    ),
  }),
});

export const addAlert = contract({
  method: 'POST',
  path: '/api/alerts',
  summary: 'Have somebody told of new tasks',
  role: 'manager',
  body: z.object({ name: code, ...rule, target, reason }),
  response: nothing,
});

export const changeAlert = contract({
  method: 'PUT',
  path: '/api/alerts/:name',
  summary: 'Change who is told of what; a target that is null stays as it is',
  role: 'manager',
  params,
  body: z.object({ version, ...rule, target: target.nullable(), reason }),
  response: nothing,
});

export const removeAlert = contract({
  method: 'POST',
  path: '/api/alerts/:name/remove',
  summary: 'Tell somebody no more',
  role: 'manager',
  params,
  body: z.object({ version, reason }),
  response: nothing,
});

export const testAlert = contract({
  method: 'POST',
  path: '/api/alerts/:name/test',
  summary: 'Send a test message now',
  role: 'manager',
  perMinute: 10,
  params,
  response: z.object({ ok: z.boolean(), says: z.string() }),
});
