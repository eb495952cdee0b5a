import { z } from 'zod';
import { contract } from './route';
import { code, reason, time } from './values';

/** Empty: any. */
const any = z.literal('').or(code);
const route = z.object({ channel: z.string(), itemCode: z.string(), wms: z.string(), validFrom: time });
/** Of the routing that the change was decided on. */
const version = z.string().max(40);

export const showRoutes = contract({
  method: 'GET',
  path: '/api/dispatch/routes',
  summary: 'Which WMS gets which orders, now and later',
  role: 'viewer',
  response: z.object({ inForce: z.array(route), later: z.array(route), version }),
});

export const setRoute = contract({
  method: 'POST',
  path: '/api/dispatch/routes',
  summary: 'Send orders to a WMS from a moment on; what a WMS was chosen for stays there',
  role: 'manager',
  body: z.object({
    channel: any.default(''),
    itemCode: any.default(''),
    wms: code,
    /** Now, unless given. */
    validFrom: time.optional(),
    version,
    reason,
  }),
  response: z.object({
    /** How many waiting orders look again. */
    rematched: z.number().int(),
  }),
});

const change = z.object({
  from: code,
  to: code,
  /** Now, unless given. */
  at: time.optional(),
});

const changed = z.object({
  at: time,
  /** What leads to the new WMS from then on; empty: any. */
  routes: z.array(z.object({ channel: z.string(), itemCode: z.string() })),
  /** What will lead to the old one again after that, as somebody once set it. */
  later: z.array(route),
  /** How many orders stay with the old one. */
  openAtOld: z.number().int(),
});

export const previewCutOver = contract({
  method: 'GET',
  path: '/api/dispatch/cut-over',
  summary: 'What a change from one WMS to another would move',
  role: 'viewer',
  query: change,
  response: changed.extend({
    /** How many waiting orders would look again. */
    waiting: z.number().int(),
    version,
  }),
});

export const cutOver = contract({
  method: 'POST',
  path: '/api/dispatch/cut-over',
  summary: 'From a moment on, send to another WMS what goes to this one',
  role: 'manager',
  body: change.extend({ version, reason }),
  response: changed,
});
