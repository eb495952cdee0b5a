import { z } from 'zod';
import { orderFilters } from './orders';
import { contract } from './route';
import { nothing, rowId, time } from './values';

/** Without the search text: it may be a person's name, and would outlast the order it was looked for. */
const viewFilters = orderFilters.omit({ q: true });

const viewName = z.string().trim().min(1).max(60);
const viewParams = z.object({ id: rowId });
/** Of the view that was looked at. */
const version = z.number().int().min(1);

export const listViews = contract({
  method: 'GET',
  path: '/api/order-views',
  summary: 'The filters of orders that who asks has kept under a name, and those kept for all',
  role: 'viewer',
  response: z.object({
    rows: z.array(
      z.object({
        id: z.number().int(),
        name: z.string(),
        /** Everybody's. */
        shared: z.boolean(),
        mayChange: z.boolean(),
        filters: viewFilters,
        /** How many orders it shows, up to a hundred. */
        orders: z.number().int(),
        version: z.number().int(),
        changedBy: z.string(),
        changedAt: time,
      }),
    ),
  }),
});

export const saveView = contract({
  method: 'POST',
  path: '/api/order-views',
  summary: 'Keep filters of orders under a name, for oneself or (managers) for all',
  role: 'viewer',
  body: z.object({ name: viewName, filters: viewFilters, shared: z.boolean().default(false) }),
  response: z.object({ id: z.number().int() }),
});

export const changeView = contract({
  method: 'PUT',
  path: '/api/order-views/:id',
  summary: 'Give a view another name, or other filters',
  role: 'viewer',
  params: viewParams,
  body: z.object({ name: viewName, filters: viewFilters, version }),
  response: nothing,
});

export const removeView = contract({
  method: 'DELETE',
  path: '/api/order-views/:id',
  summary: 'Remove a view; the orders stay',
  role: 'viewer',
  params: viewParams,
  body: z.object({ version }),
  response: nothing,
});
