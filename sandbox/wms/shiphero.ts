import { createHmac, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { json, jsonBody, type Route, type StandInRequest, type StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { type RunningStandIn, StandIn } from '../stand-in/stand-in';
import { tellOfParcels } from './parcel-webhooks';
import { Credits } from './shiphero-credits';
import { complexity, type Field, parseOperation, RequestError, select } from './shiphero-graphql';
import { FieldError, OPERATIONS, type Operation, orderId, toUpdate } from './shiphero-operations';
import { parcelsRoute, productsRoute, type productsSchema, Warehouse } from './warehouse';

const settingsSchema = z.strictObject({
  shipAfterMs: z.int().min(0).default(3_000),
  /** What an account has at most; 0: no limit. 60 come back each second. */
  maxCredits: z.int().min(0).default(4_004),
  /** 28 days. */
  tokenLifetimeSeconds: z.int().min(0).default(2_419_200),
  /**
   * What is answered to an order that was created: `error`, the number of an error in its place; `both`, the
   * order and an error; `engine`, a message of the engine alone.
   */
  createdAnswers: z.enum(['order', 'error', 'both', 'engine']).default('order'),
  /** Where "Shipment Update" goes (`webhook_create`); null: nowhere. */
  webhookUrl: z.url().nullable().default(null),
});
type Knobs = Settings<typeof settingsSchema>;

export interface ShipHeroOptions {
  readonly port?: number;
  readonly adminPort?: number;
  readonly dataDir: string;
  readonly refreshToken: string;
  /** As `webhook_create` is answered with. */
  readonly webhookSecret?: string;
  /** What the warehouse stocks; orders of anything else are refused. Known items keep their level. */
  readonly products?: z.infer<typeof productsSchema>;
  readonly settings?: z.input<typeof settingsSchema>;
}

const INTERNAL_ERROR = { code: 1, message: 'Something went wrong' };
const NOT_ENOUGH_CREDITS = 30;
const MUTATION_COST = 10;
const ENDPOINTS: Readonly<Record<string, string>> = {
  order_create: 'create',
  order_cancel: 'cancel',
  orders: 'lookup',
  shipments: 'shipments',
  shipment: 'shipments',
  warehouse_products: 'stock',
};

/**
 * ShipHero's public API (developer.shiphero.com): a JWT by refresh token, one GraphQL endpoint, errors in a
 * 200 with a number and the failed field null, credits instead of a limit of calls, nothing promised of an
 * order_number that comes twice.
 *
 * assumed: the numbers of errors other than 5 (not found) and 30 (credits); that an expired JWT is a 401.
 */
export async function startShipHero(options: ShipHeroOptions): Promise<RunningStandIn> {
  const settings = new Settings(settingsSchema, options.settings);
  const warehouse = new Warehouse(options.dataDir, 'shiphero', () => settings.value.shipAfterMs);
  warehouse.stock((options.products ?? []).filter(({ itemCode }) => !warehouse.products.has(itemCode)));
  const credits = new Credits(() => settings.value.maxCredits);
  const tokens = new Tokens(options.refreshToken, () => settings.value.tokenLifetimeSeconds);
  const run = (request: StandInRequest) => execute(warehouse, settings, credits, request);
  const standIn = new StandIn({
    name: 'shiphero',
    port: options.port ?? 0,
    adminPort: options.adminPort ?? 0,
    routes: [
      {
        method: 'POST',
        path: '/auth/refresh',
        endpoint: 'auth',
        handle: (request) => tokens.refresh(request),
      },
      ...Object.entries(ENDPOINTS).map(
        ([name, endpoint]): Route => ({
          method: 'POST',
          path: '/graphql',
          endpoint,
          accepts: (request) => tryParse(request)?.name === name,
          handle: run,
        }),
      ),
      { method: 'POST', path: '/graphql', endpoint: 'other', handle: run },
    ],
    gate: ({ headers }, endpoint) => {
      warehouse.shipDue();
      if (endpoint === 'auth' || tokens.isGood(headers.authorization)) return undefined;
      return json(401, { message: 'Unauthorized' });
    },
    rateLimited: () => tooExpensive(credits, 1_001),
    serverError: () => json(500, { message: 'Internal Server Error' }),
    ledger: (query) => warehouse.ledger(query, orderId),
    settings,
    adminRoutes: [parcelsRoute(warehouse), productsRoute(warehouse)],
    events: ['webhook'],
    onStop: () => {
      stopTelling();
      warehouse.close();
    },
  });
  const stopTelling = tellOfParcels(warehouse, {
    url: () => settings.value.webhookUrl,
    strike: () => standIn.faults.strike('webhook'),
    toBody: toUpdate,
    headers: (body) => ({
      'x-shiphero-message-id': randomUUID(),
      'x-shiphero-hmac-sha256': createHmac('sha256', options.webhookSecret ?? '')
        .update(body)
        .digest('base64'),
    }),
  });
  return standIn.start();
}

/** A token says when it was made, signed with what it was made for: it outlives a restart. */
class Tokens {
  constructor(
    private readonly refreshToken: string,
    private readonly lifetimeSeconds: () => number,
  ) {}

  refresh(request: StandInRequest): StandInResponse {
    const body = z.object({ refresh_token: z.literal(this.refreshToken) }).safeParse(jsonBody(request));
    if (!body.success) return json(401, { error: 'invalid_grant' });
    const access_token = this.#sign(String(Date.now()));
    return json(200, { access_token, expires_in: this.lifetimeSeconds(), token_type: 'Bearer' });
  }

  isGood(authorization = ''): boolean {
    const token = authorization.replace(/^Bearer /, '');
    const [madeAt = ''] = token.split('.', 1);
    return token === this.#sign(madeAt) && Date.now() < Number(madeAt) + this.lifetimeSeconds() * 1_000;
  }

  #sign(madeAt: string): string {
    return `${madeAt}.${createHmac('sha256', this.refreshToken).update(madeAt).digest('hex')}`;
  }
}

const requestSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).default({}),
});

/** @throws RequestError */
function parse(request: StandInRequest): Field {
  const body = requestSchema.safeParse(jsonBody(request));
  if (!body.success) throw new RequestError('Must provide query string.');
  return parseOperation(body.data.query, body.data.variables);
}

function tryParse(request: StandInRequest): Field | undefined {
  try {
    return parse(request);
  } catch (error) {
    if (error instanceof RequestError) return undefined;
    throw error;
  }
}

function execute(
  warehouse: Warehouse,
  settings: Knobs,
  credits: Credits,
  request: StandInRequest,
): StandInResponse {
  try {
    const field = parse(request);
    const operation = OPERATIONS[field.name];
    if (!operation) throw new RequestError(`Cannot query field "${field.name}".`);
    const required = operation.mutates ? MUTATION_COST : 1 + complexity(field);
    if (!credits.cover(required)) return tooExpensive(credits, required, field.name);
    const response = run(warehouse, operation, field, settings.value.createdAnswers);
    credits.spend(operation.mutates ? MUTATION_COST : 1 + nodesIn(response));
    return response;
  } catch (error) {
    if (!(error instanceof RequestError)) throw error;
    return json(400, { errors: [{ message: error.message, locations: [{ line: 1, column: 1 }] }] });
  }
}

/** Charged is what was brought, not what could have been. */
function nodesIn({ body = '' }: StandInResponse): number {
  return String(body).match(/"node":/g)?.length ?? 0;
}

function run(
  warehouse: Warehouse,
  { resolve, outline }: Operation,
  field: Field,
  createdAnswers: z.infer<typeof settingsSchema>['createdAnswers'],
): StandInResponse {
  // Like an engine with a schema: a query that does not fit has no effect.
  select(outline, field);
  const failed = (errors: unknown[]) => json(200, { data: { [field.name]: null }, errors });
  try {
    const data = { [field.name]: select(resolve(warehouse, field.args), field) };
    const error = toError(field, INTERNAL_ERROR);
    const answers = field.name === 'order_create' ? createdAnswers : 'order';
    if (answers === 'error') return failed([error]);
    if (answers === 'engine') return json(200, { errors: [{ message: 'Internal Server Error' }] });
    return json(200, answers === 'both' ? { data, errors: [error] } : { data });
  } catch (error) {
    if (error instanceof FieldError) return failed([toError(field, error)]);
    throw error;
  }
}

function toError({ name }: Field, { code, message }: { code: number; message: string }) {
  return { message, operation: name, field: name, request_id: '5da7dc13f3079f0def208711', code };
}

function tooExpensive(credits: Credits, required: number, name = 'order_create'): StandInResponse {
  const seconds = credits.secondsUntil(required);
  const message =
    'There are not enough credits to perform the requested operation, which requires ' +
    `${required} credits, but there are only ${credits.left} left. In ${seconds} seconds you will have enough ` +
    'credits to perform the operation';
  const error = {
    ...toError({ name, args: {}, fields: [] }, { code: NOT_ENOUGH_CREDITS, message }),
    required_credits: required,
    remaining_credits: credits.left,
    time_remaining: `${seconds} seconds`,
  };
  return json(200, { data: { [name]: null }, errors: [error] });
}
