import type { Database } from '../../db/database';
import { recordAudit } from '../../db/queries/audit';
import { addUser, countUsers, findUser, markSeen, setPassword, type UserRow } from '../../db/queries/users';
import { endSessionsOf } from '../../db/queries/web-sessions';
import { inTransaction } from '../../db/transaction';
import { hashPassword, isPassword, randomPassword } from './passwords';
import { UseCaseError } from './use-case-error';

export const FIRST_ADMINISTRATOR = 'admin';

/** @returns undefined when name and password do not belong together, or the user is disabled. */
export async function signIn(
  database: Database,
  name: string,
  password: string,
): Promise<UserRow | undefined> {
  const user = await findUser(database.db, name);
  const known = user?.disabledAt === null ? user : undefined;
  if (!(await isPassword(password, known?.passwordHash)) || known === undefined) {
    await recordAudit(database.db, {
      by: name,
      action: 'session.refuse',
      subject: `user/${name}`,
      reason: 'wrong name or password',
    });
    return undefined;
  }
  await markSeen(database.db, name);
  await recordAudit(database.db, {
    by: name,
    action: 'session.begin',
    subject: `user/${name}`,
    reason: 'signed in',
  });
  return known;
}

export interface NewPassword {
  readonly current: string;
  readonly next: string;
  /** The browser that stays signed in. */
  readonly sessionHash: string;
}

/** @throws UseCaseError when the current password is another. */
export async function changeOwnPassword(
  database: Database,
  name: string,
  { current, next, sessionHash }: NewPassword,
): Promise<void> {
  const user = await findUser(database.db, name);
  if (!(await isPassword(current, user?.passwordHash)))
    throw new UseCaseError('The current password is another.');
  const hash = await hashPassword(next);
  await inTransaction(database, async (tx) => {
    await setPassword(tx, name, hash);
    await endSessionsOf(tx, name, sessionHash);
    await recordAudit(tx, {
      by: name,
      action: 'user.password',
      subject: `user/${name}`,
      reason: 'changed by themselves',
    });
  });
}

/** The first start makes someone who can let others in. @returns the password, undefined when there are users. */
export async function makeFirstAdministrator({ db }: Database): Promise<string | undefined> {
  if ((await countUsers(db)) > 0) return undefined;
  const password = randomPassword();
  const user = { name: FIRST_ADMINISTRATOR, role: 'administrator', email: null } as const;
  // Of two processes that start at once, one makes it.
  return (await addUser(db, { ...user, passwordHash: await hashPassword(password) })) ? password : undefined;
}
