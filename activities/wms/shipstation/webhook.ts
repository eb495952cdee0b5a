import { z } from 'zod';
import { isSameSecret } from '../same-secret';
import { jsonOf } from '../webhook';
import type { WebhookReading, WebhookRequest, WmsShipment } from '../wms';

const bodySchema = z.object({ resource_url: z.string(), resource_type: z.string() });

/** Both tell of shipments; the other types speak of orders, or of fulfilments made elsewhere. */
const OF_SHIPMENTS: readonly string[] = ['SHIP_NOTIFY', 'ITEM_SHIP_NOTIFY'];

/**
 * A webhook only names what to read (`resource_url`, docs.shipstation.com: "Webhook Model"), and is not
 * signed: the account's webhook address carries a secret. Of the name only the query is taken, so that
 * our credentials never go to an address that somebody sent.
 */
export async function readWebhook(
  request: WebhookRequest,
  secret: string | undefined,
  read: (query: URLSearchParams) => Promise<WmsShipment[]>,
): Promise<WebhookReading> {
  if (secret === undefined || !isSameSecret(request.query.get('secret') ?? undefined, secret))
    return { kind: 'unsigned' };
  const parsed = bodySchema.safeParse(jsonOf(request));
  if (!parsed.success) return { kind: 'unreadable', reason: z.prettifyError(parsed.error) };
  if (!OF_SHIPMENTS.includes(parsed.data.resource_type)) return { kind: 'shipments', shipments: [] };
  const url = URL.canParse(parsed.data.resource_url) ? new URL(parsed.data.resource_url) : undefined;
  if (url?.pathname.endsWith('/shipments') !== true)
    return { kind: 'unreadable', reason: 'resource_url does not name shipments' };
  return { kind: 'shipments', shipments: await read(url.searchParams) };
}
