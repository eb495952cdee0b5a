import { z } from 'zod';
import { contract } from './route';
import { ascii, day, pageOf, pageQuery, time } from './values';

const auditEvent = z.object({
  id: z.number().int(),
  at: time,
  actor: z.string(),
  action: z.string(),
  subject: z.string(),
  /** Set where the subject is an order. */
  orderKey: z.string().nullable(),
  reason: z.string().nullable(),
  detail: z.record(z.string(), z.unknown()).nullable(),
});

export const listAudit = contract({
  method: 'GET',
  path: '/api/audit',
  summary: 'Who did what, when and why, the newest first',
  role: 'manager',
  query: pageQuery.extend({
    cursor: z
      .string()
      .regex(/^[1-9]\d{0,14}$/u)
      .optional(),
    actor: z.string().max(100).optional(),
    action: ascii.max(60).optional(),
    subject: ascii.max(255).optional(),
    /** Days in Seoul, both included. */
    from: day.optional(),
    to: day.optional(),
  }),
  response: pageOf(auditEvent),
});

export const readAuditNames = contract({
  method: 'GET',
  path: '/api/audit/names',
  summary: 'Who there is in the audit trail, and which actions',
  role: 'manager',
  response: z.object({ actors: z.array(z.string()), actions: z.array(z.string()) }),
});
