import { z } from 'zod';
import { contract } from './route';
import { code, nothing, reason } from './values';

const kind = z.enum(['source', 'wms']);
const values = z.record(z.string().max(60), z.unknown());
const kept = {
  settings: values,
  paused: z.boolean(),
  callsPerMinute: z.number().int().min(1).max(100_000).nullable(),
  onAbsent: z.enum(['ask', 'resend']),
};
const editable = {
  ...kept,
  /** Those that are not named stay as they are. */
  secrets: z.record(z.string().max(60), z.string().max(5_000)),
};
const params = z.object({ id: code });

export const listConnections = contract({
  method: 'GET',
  path: '/api/connections',
  summary: 'Sources and WMSes in use, of their secrets the names only',
  role: 'administrator',
  response: z.object({
    connections: z.array(
      z.object({
        id: z.string(),
        kind,
        adapter: z.string(),
        ...kept,
        secretNames: z.array(z.string()),
        version: z.number().int(),
      }),
    ),
    adapters: z.object({ source: z.array(z.string()), wms: z.array(z.string()) }),
  }),
});

export const addConnection = contract({
  method: 'POST',
  path: '/api/connections',
  summary: 'Connect a source or a WMS',
  role: 'administrator',
  body: z.object({ id: code, kind, adapter: code, ...editable, reason }),
  response: nothing,
});

export const changeConnection = contract({
  method: 'PUT',
  path: '/api/connections/:id',
  summary: 'Change settings, secrets or limits; pause or go on',
  role: 'administrator',
  params,
  body: z.object({ version: z.number().int(), ...editable, reason }),
  response: nothing,
});

export const testConnection = contract({
  method: 'POST',
  path: '/api/connections/:id/test',
  summary: 'Whether a connection works',
  role: 'administrator',
  perMinute: 30,
  params,
  response: z.object({ ok: z.boolean(), says: z.string() }),
});
