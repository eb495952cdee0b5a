import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { seoulDay } from '../../domain/seoul';
import { json, jsonBody, type Route, type StandInRequest, type StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { type RunningStandIn, StandIn } from '../stand-in/stand-in';
import { envelope, lists, slipNoOf } from './fassto-lists';
import { type NewOrder, parcelsRoute, productsRoute, type productsSchema, Warehouse } from './warehouse';

const settingsSchema = z.strictObject({
  shipAfterMs: z.int().min(0).default(3_000),
  /** assumed: an hour; the guide only says that the answer tells it. */
  tokenMs: z.int().min(1).default(3_600_000),
  /** assumed: a token that does not hold is told by the status 401; `code` tells it in a 200. */
  refuseTokenBy: z.enum(['status', 'code']).default('status'),
  /** `error`: an order is made, and answered with an error in a 200. */
  createdAnswers: z.enum(['order', 'error']).default('order'),
});
type FasstoSettings = Settings<typeof settingsSchema>;

export interface FasstoOptions {
  readonly port?: number;
  readonly adminPort?: number;
  readonly dataDir: string;
  readonly apiCd: string;
  readonly apiKey: string;
  readonly cstCd: string;
  /** What the warehouse stocks; orders of anything else are refused. Known items keep their level. */
  readonly products?: z.infer<typeof productsSchema>;
  readonly settings?: z.input<typeof settingsSchema>;
}

const AUTH_PATH = '/api/v1/auth/connect';

/**
 * FASSTO 파스토 open API V1: a token that ends, `{header, errorInfo, data}` envelopes, an order of its own
 * for every request, whatever its ordNo. Its tokens do not outlive a restart.
 *
 * assumed: orders are refused one by one, in `data`; the list of orders goes by ordDt, the others by the day
 * a parcel left; nothing is paged.
 */
export async function startFassto(options: FasstoOptions): Promise<RunningStandIn> {
  const settings = new Settings(settingsSchema, options.settings);
  const warehouse = new Warehouse(options.dataDir, 'fassto', () => settings.value.shipAfterMs);
  warehouse.stock((options.products ?? []).filter(({ itemCode }) => !warehouse.products.has(itemCode)));
  const tokens = new Tokens(settings);
  return new StandIn({
    name: 'fassto',
    port: options.port ?? 0,
    adminPort: options.adminPort ?? 0,
    routes: [
      authRoute(options, tokens),
      ...writes(warehouse, settings, options.cstCd),
      ...lists(warehouse, options.cstCd),
    ],
    gate: ({ headers, target }) => {
      warehouse.shipDue();
      const isKnown = target.startsWith(AUTH_PATH) || tokens.hold(String(headers['accesstoken']));
      return isKnown ? undefined : invalidAccess(settings.value.refuseTokenBy === 'status' ? 401 : 200);
    },
    rateLimited: () => json(429, envelope(429, null), { 'retry-after': '2' }),
    ledger: (query) => warehouse.ledger(query),
    settings,
    adminRoutes: [parcelsRoute(warehouse), productsRoute(warehouse), tokens.adminRoute],
    onStop: () => warehouse.close(),
  }).start();
}

class Tokens {
  readonly #endsAt = new Map<string, number>();

  constructor(private readonly settings: FasstoSettings) {}

  issue(): { accessToken: string; expreDatetime: string } {
    const accessToken = randomUUID().replaceAll('-', '');
    const endsAt = Date.now() + this.settings.value.tokenMs;
    this.#endsAt.set(accessToken, endsAt);
    return { accessToken, expreDatetime: seoulDigits(endsAt) };
  }

  hold(token: string): boolean {
    return (this.#endsAt.get(token) ?? 0) > Date.now();
  }

  /** `PUT /admin/tokens`: none of those given out so far holds any more. */
  readonly adminRoute: Route = {
    method: 'PUT',
    path: '/admin/tokens',
    endpoint: 'admin',
    handle: () => {
      this.#endsAt.clear();
      return json(200, []);
    },
  };
}

function authRoute({ apiCd, apiKey }: FasstoOptions, tokens: Tokens): Route {
  return {
    method: 'POST',
    path: AUTH_PATH,
    endpoint: 'auth',
    handle: ({ query }) => {
      const fits = query.get('apiCd') === apiCd && query.get('apiKey') === apiKey;
      return fits ? json(200, envelope(200, tokens.issue())) : invalidAccess(401);
    },
  };
}

function invalidAccess(status: number): StandInResponse {
  return json(status, {
    header: { code: 'FAIL', dataCount: 0, msg: '인증 실패' },
    errorInfo: { errorCode: 'INVALID_ACCESS', errorMessage: '유효하지 않은 토큰입니다.', errorData: [] },
    data: null,
  });
}

function systemError(): StandInResponse {
  return json(200, {
    header: { code: 'FAIL', dataCount: 0, msg: '처리 실패' },
    errorInfo: { errorCode: 'SYSTEM_ERROR', errorMessage: '처리 중 오류가 발생하였습니다.', errorData: [] },
    data: null,
  });
}

const orderSchema = z.looseObject({
  ordDt: z.string().regex(/^\d{8}$/),
  ordNo: z.string().min(1),
  custNm: z.string().min(1),
  custTelNo: z.string().min(1),
  custAddr: z.string().min(1),
  outWay: z.enum(['1', '2', '3']),
  remark: z.string().optional(),
  godCds: z.array(z.looseObject({ cstGodCd: z.string(), ordQty: z.int().positive() })).min(1),
});
const cancelSchema = z.looseObject({ slipNo: z.string(), ordNo: z.string() });

function writes(warehouse: Warehouse, settings: FasstoSettings, cstCd: string): Route[] {
  const each = (request: StandInRequest, act: (row: unknown) => unknown) => {
    const rows = z.array(z.unknown()).min(1).safeParse(jsonBody(request));
    return rows.success ? json(200, envelope(200, rows.data.map(act))) : json(400, envelope(400, null));
  };
  return [
    {
      method: 'POST',
      path: `/api/v1/delivery/parcel/${cstCd}`,
      endpoint: 'create',
      handle: (request) => {
        const registered = each(request, (row) => register(warehouse, row));
        return settings.value.createdAnswers === 'error' ? systemError() : registered;
      },
    },
    {
      method: 'PATCH',
      path: `/api/v1/delivery/cancel/${cstCd}`,
      endpoint: 'cancel',
      handle: (request) => each(request, (row) => cancel(warehouse, row)),
    },
  ];
}

function result(code: '200' | '400', msg: string, orderNo: string | null, fmsSlipNo: string | null) {
  return { fmsSlipNo, orderNo, msg, code, outOfStockGoodsDetail: null };
}

function register(warehouse: Warehouse, row: unknown) {
  const parsed = orderSchema.safeParse(row);
  const { ordNo = null } = z.object({ ordNo: z.string() }).partial().catch({}).parse(row);
  if (!parsed.success) {
    const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    return result('400', `필수값 오류: ${fields}`, ordNo, null);
  }
  const order = parsed.data;
  const items: NewOrder['items'] = order.godCds.map((each) => ({
    itemCode: each.cstGodCd,
    quantity: each.ordQty,
  }));
  const unknown = items.find(({ itemCode }) => !warehouse.products.has(itemCode));
  if (unknown) return result('400', `존재하지 않는 상품입니다. (${unknown.itemCode})`, ordNo, null);
  const { id } = warehouse.accept({
    code: order.ordNo,
    orderNumbers: order.remark ?? '',
    items,
    content: order,
  });
  return result('200', '출고요청 등록 성공', order.ordNo, slipNoOf(id));
}

function cancel(warehouse: Warehouse, row: unknown) {
  const { slipNo = '', ordNo = '' } = cancelSchema.partial().catch({}).parse(row);
  const order = warehouse.orders.find(({ id, code }) => slipNoOf(id) === slipNo && code === ordNo);
  if (order?.state !== 'open') return result('400', '취소할 수 없는 출고요청입니다.', ordNo, slipNo);
  warehouse.cancel(order.id);
  return result('200', '출고요청 삭제 성공', ordNo, slipNo);
}

/** yyyymmddhh24miss. */
function seoulDigits(at: number): string {
  const time = new Date(at + 9 * 3_600_000).toISOString().slice(11, 19);
  return `${seoulDay(new Date(at))}${time}`.replaceAll(/\D/g, '');
}
