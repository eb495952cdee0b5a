import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { json, jsonBody, type Route, type StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { type RunningStandIn, StandIn } from '../stand-in/stand-in';
import { isTakenIn, type PoomgoSettings, reads, resourceReads, settingsSchema } from './poomgo-lists';
import { type NewOrder, parcelsRoute, productsRoute, type productsSchema, Warehouse } from './warehouse';

export interface PoomgoOptions {
  readonly port?: number;
  readonly adminPort?: number;
  readonly dataDir: string;
  readonly apiKey: string;
  readonly channelAccountId: number;
  /** What the warehouse stocks; orders of anything else are refused. Known items keep their level. */
  readonly products?: z.infer<typeof productsSchema>;
  readonly settings?: z.input<typeof settingsSchema>;
}

/**
 * Poomgo 품고 open API, as its public guide describes it: the key as it is in `Authorization`, temporary
 * orders that can be deleted until the staff take them in, lists asked by POST. Nothing is promised about a
 * repeated orderCode: it becomes another order.
 *
 * assumed: refusals are 400 `{message}`; dates without a time are days in Seoul, both included; a parcel's
 * channelOrderId is the orderCode.
 */
export async function startPoomgo(options: PoomgoOptions): Promise<RunningStandIn> {
  const settings = new Settings(settingsSchema, options.settings);
  const warehouse = new Warehouse(
    options.dataDir,
    'poomgo',
    () => settings.value.takeInAfterMs + settings.value.shipAfterMs,
  );
  warehouse.stock((options.products ?? []).filter(({ itemCode }) => !warehouse.products.has(itemCode)));
  const key = Buffer.from(options.apiKey);
  return new StandIn({
    name: 'poomgo',
    port: options.port ?? 0,
    adminPort: options.adminPort ?? 0,
    routes: [
      ...writes(warehouse, settings, options.channelAccountId),
      ...reads(warehouse, settings),
      ...resourceReads(warehouse, settings),
    ],
    gate: ({ headers }) => {
      warehouse.shipDue();
      const given = Buffer.from(headers.authorization ?? '');
      const fits = given.length === key.length && timingSafeEqual(given, key);
      return fits ? undefined : json(401, { message: '인증 키가 올바르지 않습니다.' });
    },
    rateLimited: () => json(429, { message: 'Too Many Requests' }, { 'retry-after': '2' }),
    ledger: (query) => warehouse.ledger(query),
    settings,
    adminRoutes: [parcelsRoute(warehouse), productsRoute(warehouse)],
    onStop: () => warehouse.close(),
  }).start();
}

const temporarySchema = z.looseObject({
  channelAccountId: z.int(),
  orderCode: z.string().min(1),
  name: z.string().min(1),
  mobile: z.string().min(1),
  address: z.string().min(1),
  postcode: z.string().min(1),
  description: z.string().optional(),
  mappingData: z.array(z.strictObject({ resourceId: z.int(), quantity: z.int().positive() })).min(1),
});

function writes(warehouse: Warehouse, settings: PoomgoSettings, channelAccountId: number): Route[] {
  return [
    {
      method: 'PUT',
      path: '/oms/temp-order',
      endpoint: 'create',
      handle: (request) => {
        const order = readOrder(warehouse, jsonBody(request), channelAccountId);
        return typeof order === 'string' ? refusal(order) : json(200, { id: warehouse.accept(order).id });
      },
    },
    {
      method: 'DELETE',
      path: '/oms/temp-order/:id',
      endpoint: 'cancel',
      handle: ({ params }) => {
        const order = warehouse.orders[Number(params['id']) - 1];
        if (order?.state !== 'open' || isTakenIn(order, settings))
          return refusal('찾을 수 없는 임시 주문 ID입니다.');
        warehouse.cancel(order.id);
        return json(200, { deleted: 1 });
      },
    },
  ];
}

/** @returns the order, or why it is refused. */
function readOrder(warehouse: Warehouse, body: unknown, channelAccountId: number): NewOrder | string {
  const parsed = temporarySchema.safeParse(body);
  if (!parsed.success)
    return `필수값 누락: ${parsed.error.issues.map(({ path }) => path.join('.')).join(', ')}`;
  const { orderCode, description = '', mappingData } = parsed.data;
  if (parsed.data.channelAccountId !== channelAccountId) return '존재하지 않는 판매처 계정입니다.';
  const products = [...warehouse.products.values()];
  const items: NewOrder['items'] = [];
  for (const { resourceId, quantity } of mappingData) {
    const product = products[resourceId - 1];
    if (!product) return `존재하지 않는 리소스입니다. (${resourceId})`;
    items.push({ itemCode: product.itemCode, quantity });
  }
  return { code: orderCode, orderNumbers: description, items, content: parsed.data };
}

function refusal(message: string): StandInResponse {
  return json(400, { message });
}
