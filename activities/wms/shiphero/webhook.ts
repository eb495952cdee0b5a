import { z } from 'zod';
import { isSameSecret } from '../same-secret';
import { headerOf, hmacSha256, jsonOf } from '../webhook';
import type { WebhookReading, WebhookRequest, WmsShipment } from '../wms';

const bodySchema = z.object({ webhook_type: z.string() });
const shipmentUpdateSchema = z.object({ fulfillment: z.object({ shipment_uuid: z.string() }) });

/**
 * Signed with the secret that `webhook_create` answered with (developer.shiphero.com: "Webhooks"). A "Shipment
 * Update" tells of a shipment without its labels' ids, by which polling tells parcels apart: of the body, only
 * the shipment's id is taken. assumed: the secret's text is the key; that id is the one of the query.
 */
export async function readWebhook(
  request: WebhookRequest,
  secret: string | undefined,
  read: (shipmentId: string) => Promise<WmsShipment[]>,
): Promise<WebhookReading> {
  const given = headerOf(request, 'x-shiphero-hmac-sha256');
  if (secret === undefined || !isSameSecret(given, hmacSha256(secret, request.body)))
    return { kind: 'unsigned' };
  const body = jsonOf(request);
  const told = bodySchema.safeParse(body);
  if (!told.success) return { kind: 'unreadable', reason: z.prettifyError(told.error) };
  if (told.data.webhook_type !== 'Shipment Update') return { kind: 'shipments', shipments: [] };
  const update = shipmentUpdateSchema.safeParse(body);
  if (!update.success) return { kind: 'unreadable', reason: z.prettifyError(update.error) };
  return { kind: 'shipments', shipments: await read(update.data.fulfillment.shipment_uuid) };
}
