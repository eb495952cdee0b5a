import { createHmac } from 'node:crypto';
import type { WebhookRequest } from './wms';

/** What reading the WMSes' webhooks has in common; each scheme is its WMS's own. */

/** Undefined where it is no JSON. */
export function jsonOf({ body }: WebhookRequest): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}

/** Undefined where it is missing; the values of one that came several times are separated by spaces. */
export function headerOf({ headers }: WebhookRequest, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value.join(' ') : value;
}

/** In base64. */
export function hmacSha256(key: string | Uint8Array, ...signed: readonly (string | Uint8Array)[]): string {
  const hmac = createHmac('sha256', key);
  for (const part of signed) hmac.update(part);
  return hmac.digest('base64');
}
