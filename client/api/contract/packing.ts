import { z } from 'zod';
import { RECEIVER_FIELDS } from '../../../domain/packing';
import { recipient, together } from './orders';
import { contract } from './route';
import { code, nothing, orderKey, orderParams, reason, rowId, time } from './values';

/** Empty: any. */
const any = z.literal('').or(code);

const proposal = z.object({
  orderKey: z.string(),
  other: z.string(),
  /** The one thing in which they differ; masked, but for the words of an address. */
  difference: z.object({ differs: z.enum(RECEIVER_FIELDS), here: z.string(), there: z.string() }),
});

export const listGroups = contract({
  method: 'GET',
  path: '/api/dispatch/packing/groups',
  summary: 'What waits for orders of the same receiver, and until when',
  role: 'viewer',
  response: z.object({
    groups: z.array(
      z.object({
        dispatchId: z.string(),
        packsUntil: time.nullable(),
        /** Masked; null once it is erased. */
        recipient: recipient.nullable(),
        orders: z.array(z.string()),
      }),
    ),
  }),
});

export const listProposals = contract({
  method: 'GET',
  path: '/api/dispatch/packing/proposals',
  summary: 'Orders that wait to be sent and whose receivers are nearly the same, 100 pairs at most',
  role: 'viewer',
  /** Only pairs with this order. */
  query: z.object({ order: orderKey.optional() }),
  response: z.object({ proposals: z.array(proposal) }),
});

export const readTogether = contract({
  method: 'GET',
  path: '/api/orders/:channel/:number/together',
  summary: 'With which orders an order goes out, or waits for whom',
  role: 'viewer',
  params: orderParams,
  response: z.object({ together: z.array(together) }),
});

const limits = {
  minutes: z.number().int().min(0).max(10_080),
  /** In a parcel; null: as many as there are. */
  mostOrders: z.number().int().min(2).max(1_000).nullable().default(null),
  mostPieces: z.number().int().min(1).max(1_000_000).nullable().default(null),
};

export const listWindows = contract({
  method: 'GET',
  path: '/api/dispatch/packing/windows',
  summary: 'How long orders wait for companions, by their channel',
  role: 'viewer',
  response: z.object({
    windows: z.array(
      z.object({
        /** Empty: those that have no window of their own. */
        channel: z.string(),
        minutes: z.number().int(),
        mostOrders: z.number().int().nullable(),
        mostPieces: z.number().int().nullable(),
        setBy: z.string(),
        setAt: time,
      }),
    ),
  }),
});

export const setWindow = contract({
  method: 'PUT',
  path: '/api/dispatch/packing/windows',
  summary: 'How long orders of a channel, or of those without a window of their own, wait from now on',
  role: 'manager',
  body: z.object({ channel: any.default(''), ...limits, reason }),
  response: nothing,
});

export const listBans = contract({
  method: 'GET',
  path: '/api/dispatch/packing/rules',
  summary: 'What is packed with no other orders',
  role: 'viewer',
  response: z.object({
    rules: z.array(
      z.object({
        id: z.number().int(),
        channel: z.string(),
        itemCode: z.string(),
        configuration: z.string(),
        reason: z.string(),
        validFrom: time,
        validTo: time.nullable(),
        madeBy: z.string(),
      }),
    ),
  }),
});

export const addBan = contract({
  method: 'POST',
  path: '/api/dispatch/packing/rules',
  summary: 'Have such orders packed with no others',
  role: 'manager',
  body: z.object({
    channel: any.default(''),
    itemCode: any.default(''),
    configuration: any.default(''),
    /** Now, unless given. */
    validFrom: time.optional(),
    validTo: time.optional(),
    reason,
  }),
  response: z.object({ id: z.number().int() }),
});

export const endBan = contract({
  method: 'POST',
  path: '/api/dispatch/packing/rules/:id/end',
  summary: 'End a rule: from then on such orders are packed with others',
  role: 'manager',
  params: z.object({ id: rowId }),
  body: z.object({ reason }),
  response: nothing,
});
