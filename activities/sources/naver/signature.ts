import { hash } from 'bcryptjs';

/**
 * `client_secret_sign` of a token request: id and time, hashed with the secret as bcrypt's salt, in Base64
 * (apicenter.commerce.naver.com/docs/auth).
 *
 * @param clientSecret a bcrypt salt.
 * @param timestamp in ms since 1970, the one that the request names.
 */
export async function signatureOf(
  clientId: string,
  clientSecret: string,
  timestamp: number,
): Promise<string> {
  return Buffer.from(await hash(`${clientId}_${timestamp}`, clientSecret)).toString('base64');
}
