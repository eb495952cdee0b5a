import { createHmac } from 'node:crypto';

export interface SignedCall {
  readonly method: string;
  /** From the root on, as it is sent. */
  readonly path: string;
  /** As it is sent, without the question mark; empty where there is none. */
  readonly query: string;
}

/**
 * The `Authorization` of one call, by Coupang's CEA scheme (HMAC Signature 생성). It carries the time, by which it
 * ends soon: every call needs one of its own.
 */
export function authorization(
  { accessKey, secretKey }: { readonly accessKey: string; readonly secretKey: string },
  { method, path, query }: SignedCall,
  at: Date,
): string {
  const signedDate = `${at.toISOString().slice(2, 19).replaceAll(/[-:]/g, '')}Z`;
  const signature = createHmac('sha256', secretKey)
    .update(signedDate + method + path + query)
    .digest('hex');
  return `CEA algorithm=HmacSHA256, access-key=${accessKey}, signed-date=${signedDate}, signature=${signature}`;
}
