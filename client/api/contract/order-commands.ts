import { z } from 'zod';
import type { OrderCommand } from '../../../domain/order-command';
import { STAGES } from '../../../domain/stage';
import { contract } from './route';
import { code, orderKey, orderParams, reason } from './values';

/** What a command came to, in a sentence. One that could not be carried out is a problem of status 409. */
const answer = z.object({ says: z.string() });

function command<Path extends string, Body extends z.ZodRawShape>(path: Path, summary: string, body: Body) {
  return contract({
    method: 'POST',
    path: `/api/orders/:channel/:number/${path}`,
    summary,
    role: 'operator',
    params: orderParams,
    body: z.object({ reason, ...body }),
    response: answer,
  });
}

export const holdOrder = command('hold', 'Keep an order in the house until it is released', {});
export const releaseOrder = command('release', 'Let an order on hold go on', {});
export const cancelOrder = command('cancel', 'Cancel an order, at the WMS too', {});
export const takeChange = command('take-change', 'Send what came after the WMS had the rest, too', {});
export const moveOrder = command('move', 'Have another WMS send an order', { to: code });
export const combineOrder = command('combine', 'Pack an order together with others', {
  with: z.array(orderKey).min(1).max(50),
});
export const separateOrder = command('separate', 'Take an order out of what it is packed with', {});
export const sendOrderNow = command(
  'send-now',
  'Have an order, and what is packed with it, wait for companions no longer',
  {},
);
export const resendTracking = command('resend-tracking', 'Tell the channel the tracking numbers again', {});

export const splitOrder = command('split', 'Send a part of an order now and the rest later', {
  /** Units that go now; without them what is in stock. */
  lines: z
    .array(z.object({ line: z.string().min(1).max(60), quantity: z.number().int().min(1).max(1_000_000) }))
    .min(1)
    .max(200)
    .optional(),
});

export const rematchOrder = contract({
  method: 'POST',
  path: '/api/orders/:channel/:number/rematch',
  summary: 'Let an order look again now; answers where it stands then',
  role: 'operator',
  params: orderParams,
  body: z.object({ reason }),
  response: z.object({ stage: z.enum(STAGES), waiting: z.string().nullable(), says: z.string() }),
});

/** Each command's contract, by its name. */
export const COMMAND_CONTRACTS = {
  hold: holdOrder,
  release: releaseOrder,
  cancel: cancelOrder,
  rematch: rematchOrder,
  split: splitOrder,
  move: moveOrder,
  combine: combineOrder,
  separate: separateOrder,
  'send-now': sendOrderNow,
  'take-change': takeChange,
  'resend-tracking': resendTracking,
} as const satisfies Record<OrderCommand, unknown>;
