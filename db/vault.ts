import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const ALGORITHM = 'aes-256-gcm';
const IV_BYTES = 12;

type Secrets = Record<string, unknown>;

/** A secret cannot be kept or read: no key is given, or none of those that fits. */
export class VaultLocked extends Error {
  override readonly name = 'VaultLocked';
}

/**
 * Keeps the secrets of connections where a copy of the database tells nobody: AES-256-GCM, bound to the
 * connection's id, so that they cannot be moved to another one. The first key seals, each of them opens.
 */
export class Vault {
  constructor(private readonly keys: readonly Buffer[]) {}

  /** @throws VaultLocked without a key. */
  seal(id: string, secrets: Secrets): Secrets {
    if (Object.keys(secrets).length === 0 || isSealed(secrets)) return secrets;
    const [key] = this.keys;
    if (key === undefined)
      throw new VaultLocked(`The secrets of ${id} cannot be kept: set BOOSTA_SECRET_KEY.`);
    const iv = randomBytes(IV_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(id));
    const text = Buffer.concat([cipher.update(JSON.stringify(secrets), 'utf8'), cipher.final()]);
    return { sealed: [iv, cipher.getAuthTag(), text].map((part) => part.toString('base64url')).join('.') };
  }

  /** What was kept before there was a key is handed out as it is. @throws VaultLocked when no key fits. */
  open(id: string, kept: Secrets): Secrets {
    if (!isSealed(kept)) return kept;
    const [iv, tag, text] = kept.sealed.split('.').map((part) => Buffer.from(part, 'base64url'));
    for (const key of this.keys) {
      const opened = decrypt(key, id, iv ?? Buffer.of(), tag ?? Buffer.of(), text ?? Buffer.of());
      if (opened !== undefined) return opened;
    }
    throw new VaultLocked(
      `The secrets of ${id} cannot be read: BOOSTA_SECRET_KEY is ${this.keys.length === 0 ? 'not set' : 'another than the one they were kept with'}.`,
    );
  }
}

export function isSealed(kept: Secrets): kept is { sealed: string } {
  return typeof kept['sealed'] === 'string' && Object.keys(kept).length === 1;
}

function decrypt(key: Buffer, id: string, iv: Buffer, tag: Buffer, text: Buffer): Secrets | undefined {
  try {
    const decipher = createDecipheriv(ALGORITHM, key, iv).setAAD(Buffer.from(id)).setAuthTag(tag);
    return JSON.parse(Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')) as Secrets;
  } catch {
    return undefined;
  }
}
