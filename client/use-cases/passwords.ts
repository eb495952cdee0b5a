import { randomBytes } from 'node:crypto';
import bcrypt from 'bcryptjs';

const ROUNDS = 10;
const FIRST_PASSWORD_BYTES = 15;
/** Of no password: comparing with it takes as long as with a real one, and tells nobody that a name is unknown. */
const NOBODYS_HASH = `$2b$${ROUNDS}$${'x'.repeat(53)}`;

export async function hashPassword(password: string): Promise<string> {
  return bcrypt.hash(password, ROUNDS);
}

/** @param hash undefined for a name that is not known; it takes as long. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  return (await bcrypt.compare(password, hash ?? NOBODYS_HASH)) && hash !== undefined;
}

/** One to begin with, to be written down by a person. */
export function randomPassword(): string {
  return randomBytes(FIRST_PASSWORD_BYTES).toString('base64url');
}
