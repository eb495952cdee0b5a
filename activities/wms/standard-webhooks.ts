import { isSameSecret } from './same-secret';
import { headerOf, hmacSha256 } from './webhook';
import type { WebhookRequest } from './wms';

const PREFIX = 'whsec_';
/** What is no base64 would be read as a shorter key, or none: anybody could sign with it. */
export const SECRET = /^whsec_[A-Za-z0-9+/]{24,}={0,2}$/;

/**
 * Whether a webhook bears one signature of this secret (standardwebhooks.com, "Verifying signatures"). Its
 * age is not looked at: one that comes late is a retry, and a replay changes nothing.
 *
 * @param secret `whsec_` and the key in base64.
 */
export function isSigned(request: WebhookRequest, secret: string): boolean {
  const id = headerOf(request, 'webhook-id');
  const timestamp = headerOf(request, 'webhook-timestamp');
  if (id === undefined || timestamp === undefined) return false;
  const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
  const expected = `v1,${hmacSha256(key, `${id}.${timestamp}.`, request.body)}`;
  const given = headerOf(request, 'webhook-signature') ?? '';
  return given.split(' ').some((signature) => isSameSecret(signature, expected));
}
