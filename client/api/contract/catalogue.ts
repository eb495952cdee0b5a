import { z } from 'zod';
import { contract } from './route';
import { code, pageOf, pageQuery, reason, time, won } from './values';

const count = z.number().int();
const text = z.string();
const name = z.string().trim().min(1).max(200);
const version = count.min(0);
const pieces = count.min(1).max(9_999);
const search = pageQuery.extend({ q: z.string().trim().max(100).optional(), cursor: code.optional() });
const edit = z.object({ at: time, by: text, reason: text });
const piece = z.object({
  itemCode: text,
  itemName: text,
  quantity: count,
  /** How many of them come from configurations in it. */
  inBundles: count,
});
const bundle = z.object({ configuration: text, configurationVersion: count, name: text, quantity: count });
const withCode = z.object({ code });

const item = { code: text, name: text, referencePrice: won, version: count };

export const listItems = contract({
  method: 'GET',
  path: '/api/items',
  summary: 'What the warehouse stocks, by code',
  role: 'viewer',
  query: search,
  response: pageOf(z.object(item)),
});

export const readItem = contract({
  method: 'GET',
  path: '/api/items/:code',
  summary: 'An item, who changed it, and the configurations that hold it',
  role: 'viewer',
  params: withCode,
  response: z.object({
    ...item,
    configurations: z.array(z.object({ code: text, name: text, quantity: count })),
    history: z.array(edit),
  }),
});

export const saveItem = contract({
  method: 'PUT',
  path: '/api/items/:code',
  summary: 'Add an item (version 0), or change the one that was seen at this version',
  role: 'manager',
  params: withCode,
  body: z.object({
    name,
    referencePrice: won.refine((price) => price >= 0n, 'not below 0'),
    version,
    reason,
  }),
  response: z.object({ version: count }),
});

const configuration = { code: text, name: text, version: count };

export const listConfigurations = contract({
  method: 'GET',
  path: '/api/configurations',
  summary: 'What we sell, by code, with the items of the version in force and how many matches stand for it',
  role: 'viewer',
  query: search,
  response: pageOf(z.object({ ...configuration, matches: count, items: z.array(piece) })),
});

export const readConfiguration = contract({
  method: 'GET',
  path: '/api/configurations/:code',
  summary: 'A configuration with all its versions and the newest matches that stand for it',
  role: 'viewer',
  params: withCode,
  response: z.object({
    ...configuration,
    versions: z.array(
      z.object({
        version: count,
        /** All that one unit comes to. */
        items: z.array(piece),
        bundles: z.array(bundle),
        edit: edit.nullable(),
      }),
    ),
    /** The configurations that hold it. */
    holders: z.array(text),
    matches: z.array(z.object({ dealKey: text, channel: text, deal: text, option: text, version: count })),
  }),
});

export const saveConfiguration = contract({
  method: 'PUT',
  path: '/api/configurations/:code',
  summary: 'Add a configuration (version 0), or a new version of it after the one that was seen',
  role: 'manager',
  params: withCode,
  body: z.object({
    name,
    items: z.array(z.object({ itemCode: code, quantity: pieces })).max(50),
    /** Other configurations in it. */
    bundles: z
      .array(z.object({ configuration: code, quantity: pieces }))
      .max(50)
      .optional(),
    version,
    reason,
  }),
  response: z.object({ version: count }),
});
