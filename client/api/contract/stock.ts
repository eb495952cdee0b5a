import { z } from 'zod';
import { STOCK_REASONS } from '../../../domain/stock';
import { contract } from './route';
import { code, nothing, pageOf, pageQuery, reason, rowId, time } from './values';

const pieces = z.number().int().min(0).max(1_000_000_000);
const figures = z.object({
  wms: z.string(),
  itemCode: z.string(),
  onHand: z.number().int(),
  allocated: z.number().int(),
  shippedSince: z.number().int(),
  safety: z.number().int(),
  /** What may still be promised. */
  available: z.number().int(),
  incoming: z.number().int().nullable(),
});

const level = figures.extend({
  name: z.string().nullable(),
  waitedFor: z.number().int(),
  warnBelow: z.number().int().nullable(),
  isLow: z.boolean(),
  /** Null: the WMS has never told of it. */
  snapshotAt: time.nullable(),
});

/** An item at a WMS. */
const place = z.object({ wms: code, itemCode: code });

export const listLevels = contract({
  method: 'GET',
  path: '/api/stock/levels',
  summary: 'Stock by WMS and item',
  role: 'viewer',
  query: pageQuery.extend({
    wms: code.optional(),
    /** A part of the item's code or name. */
    search: z.string().trim().max(100).optional(),
    /** Only what orders wait for, or what is below its warning level. */
    only: z.enum(['short']).optional(),
  }),
  response: pageOf(level),
});

export const showLevel = contract({
  method: 'GET',
  path: '/api/stock/levels/:wms/:itemCode',
  summary: "An item's stock at a WMS now",
  role: 'viewer',
  params: place,
  response: level,
});

export const setLevels = contract({
  method: 'PUT',
  path: '/api/stock/levels/:wms/:itemCode',
  summary: 'Set what is never promised of an item, and below which level it is a task',
  role: 'operator',
  params: place,
  body: z.object({
    safety: pieces.optional(),
    /** Null: no warning. */
    warnBelow: pieces.nullable().optional(),
    /** What was set when it was decided on. */
    seen: z.object({ safety: z.number().int(), warnBelow: z.number().int().nullable() }),
    reason,
  }),
  response: nothing,
});

export const readLedger = contract({
  method: 'GET',
  path: '/api/stock/levels/:wms/:itemCode/ledger',
  summary: "Every change of an item's stock at a WMS, the newest first",
  role: 'viewer',
  params: place,
  query: pageQuery,
  response: pageOf(
    z.object({
      id: z.number().int(),
      at: time,
      reason: z.enum(STOCK_REASONS),
      dispatchId: z.string().nullable(),
      madeBy: z.string(),
      onHand: z.number().int(),
      onHandChange: z.number().int(),
      allocated: z.number().int(),
      allocatedChange: z.number().int(),
      shippedSince: z.number().int(),
      shippedSinceChange: z.number().int(),
      safety: z.number().int(),
      safetyChange: z.number().int(),
      incoming: z.number().int().nullable(),
    }),
  ),
});

export const stockAt = contract({
  method: 'GET',
  path: '/api/stock/levels/:wms/:itemCode/at',
  summary: "An item's stock at a past moment",
  role: 'viewer',
  params: place,
  query: z.object({ at: time }),
  response: figures.extend({
    /** When it came to stand so. */
    since: time,
  }),
});

export const listWaiting = contract({
  method: 'GET',
  path: '/api/stock/levels/:wms/:itemCode/waiting',
  summary: 'The orders that wait for an item, in the order in which they get it',
  role: 'viewer',
  params: place,
  query: pageQuery,
  response: pageOf(
    z.object({
      orderKey: z.string(),
      /** All that are packed together. */
      orders: z.array(z.string()),
      orderedAt: time,
      quantity: z.number().int(),
    }),
  ),
});

export const listShortages = contract({
  method: 'GET',
  path: '/api/stock/shortages',
  summary: 'The items that orders wait for, that one first which was waited for longest',
  role: 'viewer',
  response: z.object({
    items: z.array(
      z.object({
        wms: z.string(),
        itemCode: z.string(),
        name: z.string().nullable(),
        orders: z.number().int(),
        pieces: z.number().int(),
        available: z.number().int(),
        incoming: z.number().int().nullable(),
        oldestOrderedAt: time,
      }),
    ),
  }),
});

/** Empty: any. */
const any = z.literal('').or(code);
const rule = z.object({
  channel: any.default(''),
  itemCode: any.default(''),
  /** Pieces, from which on it holds: of the item, or of all together. */
  quantity: z.number().int().min(1).max(1_000_000).default(1),
  reason,
});

export const listHolds = contract({
  method: 'GET',
  path: '/api/stock/holds',
  summary: 'The rules by which orders wait for a person, and how many orders each holds',
  role: 'viewer',
  response: z.object({
    rules: z.array(
      z.object({
        id: z.number().int(),
        channel: z.string(),
        itemCode: z.string(),
        quantity: z.number().int(),
        reason: z.string(),
        validFrom: time,
        validTo: time.nullable(),
        madeBy: z.string(),
        orders: z.number().int(),
      }),
    ),
  }),
});

export const addHold = contract({
  method: 'POST',
  path: '/api/stock/holds',
  summary: 'Have such orders wait before they are sent',
  role: 'manager',
  body: rule.extend({ validFrom: time.optional(), validTo: time.optional() }),
  response: z.object({ id: z.number().int() }),
});

export const endHold = contract({
  method: 'POST',
  path: '/api/stock/holds/:id/end',
  summary: 'End a rule; the orders that it holds go on within two minutes',
  role: 'manager',
  params: z.object({ id: rowId }),
  body: z.object({ reason }),
  response: nothing,
});
