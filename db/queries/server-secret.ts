import { randomBytes } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { Db } from '../database';
import { serverSecret } from '../schema';

const SECRET_BYTES = 48;

/** The secret of this name, the same for every process that uses this database; made when it is asked for first. */
export async function secretNamed(db: Db, name: string): Promise<string> {
  const known = await find(db, name);
  if (known !== undefined) return known;
  await db
    .insert(serverSecret)
    .ignore()
    .values({ name, secret: randomBytes(SECRET_BYTES).toString('base64') });
  const made = await find(db, name);
  if (made === undefined) throw new Error(`The secret ${name} was made, and is not there.`);
  return made;
}

async function find(db: Db, name: string): Promise<string | undefined> {
  const [row] = await db.select().from(serverSecret).where(eq(serverSecret.name, name));
  return row?.secret;
}
