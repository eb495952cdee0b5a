import { z } from 'zod';
import { json, jsonBody, type Route, type StandInRequest, type StandInResponse } from '../stand-in/message';
import { itemsLeft } from './parts';
import { itemSchema, type Warehouse, type WarehouseOrder } from './warehouse';

const shipSchema = z.strictObject({ code: z.string(), items: z.array(itemSchema).min(1).optional() });
const cancelSchema = shipSchema.pick({ code: true });

/** What the warehouse's own people do, on command. */
export function peopleRoutes(warehouse: Warehouse): Route[] {
  return [
    // These items of an order leave in a parcel now; without items, all that is left.
    route('/admin/ship', (request) => {
      const { code, items } = shipSchema.parse(jsonBody(request));
      return withOpen(warehouse, code, (order) => warehouse.ship(order, items ?? itemsLeft(order)));
    }),
    // What is left of an order is given up.
    route('/admin/cancel', (request) => {
      const { code } = cancelSchema.parse(jsonBody(request));
      return withOpen(warehouse, code, ({ id }) => warehouse.cancel(id));
    }),
  ];
}

function withOpen(warehouse: Warehouse, code: string, act: (order: WarehouseOrder) => void): StandInResponse {
  const order = warehouse.byCode(code).find(({ state }) => state === 'open');
  if (!order) return json(409, { error: `no open order ${code}` });
  act(order);
  return json(200, { code, state: order.state });
}

function route(path: string, handle: (request: StandInRequest) => StandInResponse): Route {
  return { method: 'POST', path, endpoint: 'admin', handle };
}
