import type { z } from 'zod';
import { orUnavailable, stopwatch } from '../../json-call';
import { asNotReceived, OutsideUnavailable } from '../../outcome';
import { type JsonPost, judgeRefusal, partOf, unsent } from '../call';
import type { CreateOptions, CreateOutcome, CreateReply, WmsOrder } from '../wms';
import {
  bulkCreatedSchema,
  createdSchema,
  type FulfillmentOrder,
  type receiptSchema,
  refusalSchema,
  toRequest,
  toState,
} from './format';
import type { FulfillmentProducts } from './products';

/** assumed: where its envelope does not come in a 200. */
const REFUSED_STATUS = 400;

export interface CreateCalls {
  readonly post: JsonPost;
  readonly products: FulfillmentProducts;
  readonly findOrders: (codes: readonly string[], timeoutMs: number) => Promise<FulfillmentOrder[]>;
  readonly shippingMethodId: number;
}

/** 발주 등록. An order of an item that the WMS does not have is refused without asking it. */
export async function createOrders(
  calls: CreateCalls,
  orders: readonly WmsOrder[],
  options: CreateOptions,
): Promise<CreateReply[]> {
  const remaining = stopwatch(options.timeoutMs);
  const itemCodes = orders.flatMap(({ items }) => items.map(({ itemCode }) => itemCode));
  const ids = await orUnavailable(calls.products.ids(itemCodes, remaining()));
  if (ids instanceof OutsideUnavailable) return orders.map((order) => unsent(order, asNotReceived(ids)));
  const missing = ({ items }: WmsOrder) => items.find(({ itemCode }) => !ids.has(itemCode))?.itemCode;
  const complete = orders.filter((order) => missing(order) === undefined);
  const replies = complete.length > 0 ? await register(calls, complete, ids, remaining, options) : [];
  return orders.map((order) => {
    const reason = `the WMS has no product ${missing(order)}`;
    return replies[complete.indexOf(order)] ?? unsent(order, { kind: 'refused', reason });
  });
}

/** One order by the single registration, whose refusal is the order's own; several by the bulk one. */
async function register(
  { post, findOrders, shippingMethodId }: CreateCalls,
  orders: readonly WmsOrder[],
  ids: ReadonlyMap<string, number>,
  remaining: () => number,
  options: CreateOptions,
): Promise<CreateReply[]> {
  const contents = orders.map((order) => toRequest(order, ids, shippingMethodId));
  const codes = orders.map(({ code }) => code);
  const { result, exchange } =
    contents.length === 1
      ? await post('/v2/request/order', contents[0], { ...options, timeoutMs: remaining() })
      : await post(
          '/v2/request/orders',
          { request_data_list: contents },
          { ...options, timeoutMs: remaining() },
        );
  if (result.kind !== 'answered')
    return contents.map((content) => ({ outcome: result, exchange: partOf(exchange, content, undefined) }));
  const isOwnWord = result.status < 300 || result.status === REFUSED_STATUS;
  const answers: ReadonlyMap<string, Answer> = isOwnWord ? readAnswers(result.body, codes) : new Map();
  const refused = codes.filter((code) => answers.get(code)?.refusal);
  const live = refused.length > 0 ? findLive(findOrders(refused, remaining())) : Promise.resolve(new Set());
  return Promise.all(
    contents.map(async (content) => {
      const code = content.company_order_code;
      const answer = answers.get(code);
      const isLive = async () => (await live).has(code);
      const outcome = await judge(answer, isLive);
      return { outcome, exchange: partOf(exchange, content, answer?.done ?? answer?.refusal) };
    }),
  );
}

interface Answer {
  readonly done?: z.infer<typeof receiptSchema>;
  readonly refusal?: z.infer<typeof refusalSchema>;
}

function readAnswers(body: unknown, codes: readonly string[]): ReadonlyMap<string, Answer> {
  const [only = ''] = codes;
  if (codes.length > 1) {
    const bulk = bulkCreatedSchema.safeParse(body).data?.response;
    const done = bulk?.processed_data_list.map((row) => [row.company_order_code, { done: row }] as const);
    const refused = bulk?.error_data_list.map((row) => [row.company_order_code, { refusal: row }] as const);
    return new Map<string, Answer>([...(done ?? []), ...(refused ?? [])]);
  }
  const done = createdSchema.safeParse(body).data?.response;
  if (done?.company_order_code === only) return new Map([[only, { done }]]);
  const refusal = refusalSchema.safeParse(body).data;
  return new Map(refusal ? [[only, { refusal }]] : []);
}

async function judge(answer: Answer | undefined, isLive: () => Promise<boolean>): Promise<CreateOutcome> {
  if (answer?.done) return { kind: 'done', reference: String(answer.done.order_id) };
  if (answer?.refusal) return judgeRefusal(`${answer.refusal.code} ${answer.refusal.message}`, isLive());
  return { kind: 'unknown', reason: 'the answer does not speak of this order' };
}

async function findLive(orders: Promise<FulfillmentOrder[]>): Promise<ReadonlySet<string>> {
  const live = (await orders).filter((order) => toState(order) !== 'cancelled');
  return new Set(live.map((order) => order.company_order_code));
}
