import { join } from 'node:path';
import { Journal } from '../stand-in/journal';
import type { Route, StandInRequest, StandInResponse } from '../stand-in/message';
import { Settings } from '../stand-in/settings';
import { StandIn } from '../stand-in/stand-in';
import { adminRoutes, ledger } from './sabangnet-xml/admin';
import {
  claimList,
  errorAnswer,
  type HubContext,
  html,
  orderList,
  registerInvoices,
} from './sabangnet-xml/answers';
import { type Entry, entrySchema } from './sabangnet-xml/entries';
import { HubState } from './sabangnet-xml/hub-state';
import {
  BadRequest,
  CLAIM_REQUEST,
  fetchRequest,
  INVOICE_REQUEST,
  ORDER_REQUEST,
} from './sabangnet-xml/request';
import { type HubSettings, settingsSchema } from './sabangnet-xml/settings';

export { MALL_NAMES } from './sabangnet-xml/fields';

export interface SabangnetXmlHubOptions {
  /** 0 or left out: a free one. */
  readonly port?: number;
  readonly adminPort?: number;
  /** Its journal is kept here; a second start goes on from it. */
  readonly dataDir: string;
  readonly companyId: string;
  readonly authKey: string;
  readonly settings?: Partial<HubSettings>;
  readonly clock?: () => number;
}

/**
 * The Sabangnet XML hub: it fetches each request from its sender's URL, answers in EUC-KR, and takes the
 * reading of an order as its confirmation. Days of orders, hand-made records, cancellations and
 * claims come by `POST /admin/days|records|cancellations|claims`.
 */
export async function startSabangnetXmlHub(options: SabangnetXmlHubOptions): Promise<StandIn> {
  const { companyId, authKey, clock = Date.now } = options;
  const state = new HubState();
  const settings = new Settings(settingsSchema, options.settings);
  const journal = new Journal<Entry>(join(options.dataDir, 'sabangnet-xml.journal'), entrySchema, (entry) =>
    state.apply(entry),
  );
  const context = (): HubContext => ({ state, settings: settings.value, companyId, now: clock() });
  const account = { companyId, authKey };
  const answer = (endpoint: string, path: string, handle: Handle): Route => ({
    method: 'GET',
    path,
    endpoint,
    handle: (request) => refuse(() => handle(request), settings),
  });
  const standIn = new StandIn({
    name: 'sabangnet-xml',
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.adminPort === undefined ? {} : { adminPort: options.adminPort }),
    routes: [
      answer('orders', '/RTL_API/xml_order_info.html', async ({ query }) => {
        const request = await fetchRequest(query.get('xml_url'), ORDER_REQUEST, account);
        const { response, confirmed } = orderList(request, context());
        if (confirmed.length > 0) journal.record({ type: 'read', idx: confirmed });
        return response;
      }),
      answer('claims', '/RTL_API/xml_clm_info.html', async ({ query }) => {
        const request = await fetchRequest(query.get('xml_url'), CLAIM_REQUEST, account);
        return claimList(request, context());
      }),
      answer('invoices', '/RTL_API/xml_order_invoice.html', async ({ query }) => {
        const request = await fetchRequest(query.get('xml_url'), INVOICE_REQUEST, account);
        const { response, accepted } = registerInvoices(request, context());
        for (const invoice of accepted) journal.record({ type: 'invoice', at: clock(), ...invoice });
        return response;
      }),
    ],
    // Assumed: the hub documents no limit.
    rateLimited: () => html('<html><body>요청이 너무 많습니다.</body></html>', 429),
    ledger: (query) => ledger(state, query, clock()),
    settings,
    adminRoutes: adminRoutes(state, (entry) => journal.record(entry), clock),
    onStop: () => journal.close(),
  });
  return standIn.start();
}

type Handle = (request: StandInRequest) => Promise<StandInResponse>;

async function refuse(
  handle: () => Promise<StandInResponse>,
  settings: Settings<typeof settingsSchema>,
): Promise<StandInResponse> {
  try {
    return await handle();
  } catch (error) {
    if (error instanceof BadRequest) return errorAnswer(error.message, settings.value.errorsAs);
    throw error;
  }
}
