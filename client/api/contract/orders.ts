import { z } from 'zod';
import { CLAIM_KINDS } from '../../../domain/claim';
import { DISPATCH_STATES } from '../../../domain/dispatch-protocol';
import { EFFECTS, HINDRANCES, ORDER_COMMANDS } from '../../../domain/order-command';
import { STAGES, WAITING_REASONS } from '../../../domain/stage';
import { TASK_KINDS } from '../../../domain/task';
import { TIMELINE_KINDS } from '../../../domain/timeline';
import { contract } from './route';
import { code, day, download, orderParams, pageOf, pageQuery, reason, time, won } from './values';

/** Which orders; what is left out is any. */
export const orderFilters = z.object({
  /** Order number or key, tracking number, last four digits of a phone, name or 초성. */
  q: z.string().trim().max(100).optional(),
  stage: z.enum(STAGES).optional(),
  waiting: z.enum(WAITING_REASONS).optional(),
  channel: code.optional(),
  source: code.optional(),
  /** Days of ordering in Seoul, both included. */
  from: day.optional(),
  to: day.optional(),
});

/** The same, over what a saved view shows. */
const viewedFilters = orderFilters.extend({
  /** The name of a view of who asks, or of one for all. */
  view: z.string().trim().min(1).max(60).optional(),
});

export const recipient = z.object({
  name: z.string(),
  phone: z.string(),
  phone2: z.string().nullable(),
  postcode: z.string(),
  address: z.string(),
  deliveryMessage: z.string().nullable(),
});

const standing = {
  key: z.string(),
  channel: z.string(),
  orderNumber: z.string(),
  source: z.string(),
  orderedAt: time,
  updatedAt: time,
  shipBy: time.nullable(),
  stage: z.enum(STAGES),
  waiting: z.enum(WAITING_REASONS).nullable(),
  /** Its personal data is gone since then; null while it is kept. */
  erasedAt: time.nullable(),
};

export const listOrders = contract({
  method: 'GET',
  path: '/api/orders',
  summary: 'Find orders, the newest first; personal data is masked',
  role: 'viewer',
  query: pageQuery.extend(viewedFilters.shape),
  response: pageOf(
    z.object({
      ...standing,
      recipient: recipient.pick({ name: true, phone: true }).nullable(),
      deal: z.string().nullable(),
      lines: z.number().int(),
      units: z.number().int(),
      amount: won,
    }),
  ),
});

const wonOwed = won.refine((amount) => amount >= 0n, 'at least 0');

export const enterOrder = contract({
  method: 'POST',
  path: '/api/orders',
  summary: 'Enter one order by hand, as a file of one order',
  role: 'operator',
  body: z.object({
    channel: code,
    /** Left out: one is made of the content, so that the same order entered twice is one. */
    orderNumber: z.string().trim().min(1).max(60).optional(),
    /** Left out: now. */
    orderedAt: time.optional(),
    /** Carries no revenue. */
    sample: z.boolean().default(false),
    recipient: z.object({
      name: z.string().trim().min(1).max(100),
      phone: z.string().trim().min(1).max(40),
      phone2: z.string().trim().min(1).max(40).nullable().default(null),
      postcode: z.string().trim().min(1).max(10),
      address: z.string().trim().min(1).max(500),
      deliveryMessage: z.string().trim().min(1).max(500).nullable().default(null),
    }),
    shippingFee: wonOwed.default(0n),
    lines: z
      .array(
        z.object({
          deal: z.string().trim().min(1).max(500),
          option: z.string().trim().max(500).default(''),
          quantity: z.number().int().min(1).max(1_000_000),
          amount: wonOwed.default(0n),
          discount: wonOwed.default(0n),
        }),
      )
      .min(1)
      .max(100),
    reason,
  }),
  response: z.object({ key: z.string() }),
});

export const exportOrders = contract({
  method: 'GET',
  path: '/api/orders/export',
  summary: 'The orders that fit as a workbook, at most 50,000; personal data is masked',
  role: 'operator',
  perMinute: 10,
  query: viewedFilters,
  response: download,
});

export const readOrderChoices = contract({
  method: 'GET',
  path: '/api/order-choices',
  summary: 'The channels and sources of orders, and the WMSes that are connected',
  role: 'viewer',
  response: z.object({
    channels: z.array(z.string()),
    sources: z.array(z.string()),
    wmses: z.array(z.string()),
  }),
});

/** A dispatch of an order that others are in, or that waits for others. */
export const together = z.object({
  dispatchId: z.string(),
  state: z.enum(DISPATCH_STATES),
  /** Null: it waits for nobody. */
  waitsUntil: time.nullable(),
  with: z.array(z.string()),
});

const outlook = z.discriminatedUnion('possible', [
  z.object({ possible: z.literal(true), effect: z.enum(EFFECTS) }),
  z.object({ possible: z.literal(false), hindrance: z.enum(HINDRANCES) }),
]);

const line = z.object({
  lineNumber: z.string(),
  deal: z.string(),
  option: z.string(),
  quantity: z.number().int(),
  cancelledQuantity: z.number().int(),
  amount: won,
  discount: won,
  dealKey: z.string(),
  /** What it stands for, by the versions that were in force when it was matched; null: it is not matched. */
  configuration: z.string().nullable(),
  configurationVersion: z.number().int().nullable(),
  /** Null with a configuration: it was decided for this order only. */
  matchVersion: z.number().int().nullable(),
  /** The rule that gave it; null: it was bought. */
  giftRule: z.number().int().nullable(),
});

export const readOrder = contract({
  method: 'GET',
  path: '/api/orders/:channel/:number',
  summary: 'One order: where it stands, what to do next, and all that has happened to it',
  role: 'viewer',
  params: orderParams,
  response: z.object({
    ...standing,
    shippingFee: won,
    heldReason: z.string().nullable(),
    /** Masked; null until the order has been read, and once it is erased. */
    recipient: recipient.nullable(),
    lines: z.array(line),
    next: z.array(
      z.object({
        id: z.number().int(),
        kind: z.enum(TASK_KINDS),
        reason: z.string(),
        nextAction: z.string(),
        openedAt: time,
      }),
    ),
    /** Each command, and whether it would do anything as things stand. */
    commands: z.array(z.object({ command: z.enum(ORDER_COMMANDS), outlook })),
    /** With which orders it goes out, or waits for whom. */
    together: z.array(together),
    dispatches: z.array(
      z.object({
        id: z.string(),
        code: z.string(),
        generation: z.number().int(),
        wms: z.string().nullable(),
        state: z.enum(DISPATCH_STATES),
        reference: z.string().nullable(),
        problem: z.string().nullable(),
        createdAt: time,
        acceptedAt: time.nullable(),
      }),
    ),
    parcels: z.array(
      z.object({
        id: z.number().int(),
        wms: z.string(),
        carrier: z.string(),
        trackingNumber: z.string(),
        shippedAt: time,
        /** Whether the channel has been told. */
        told: z.enum(['pending', 'done', 'refused']),
        toldReason: z.string().nullable(),
      }),
    ),
    claims: z.array(
      z.object({ id: z.string(), kind: z.enum(CLAIM_KINDS), state: z.string(), requestedAt: time }),
    ),
    timeline: z.array(
      z.object({
        at: time,
        what: z.enum(TIMELINE_KINDS),
        says: z.string(),
        id: z.union([z.string(), z.number()]).optional(),
      }),
    ),
    workflowId: z.string(),
    /** Of its journey in Temporal's Web UI; null where nobody has said where that is. */
    workflowUrl: z.string().nullable(),
  }),
});

export const revealRecipient = contract({
  method: 'POST',
  path: '/api/orders/:channel/:number/reveal',
  summary: "See an order's recipient unmasked; who, when and why is kept",
  role: 'operator',
  answersOnce: true,
  params: orderParams,
  body: z.object({ reason }),
  response: recipient,
});

export const previewCommand = contract({
  method: 'GET',
  path: '/api/orders/:channel/:number/preview/:command',
  summary: 'What a command would do as things stand',
  role: 'viewer',
  params: orderParams.extend({ command: z.enum(ORDER_COMMANDS) }),
  response: z.object({
    outlook,
    units: z.number().int(),
    givenBack: z.array(z.object({ wms: z.string(), itemCode: z.string(), pieces: z.number().int() })),
    /** Orders that go out with it are in the same dispatch. */
    together: z.array(together),
    withWms: z.array(
      z.object({
        wms: z.string(),
        code: z.string(),
        state: z.enum(DISPATCH_STATES),
        reference: z.string().nullable(),
      }),
    ),
    trackingNumbers: z.array(z.string()),
  }),
});
