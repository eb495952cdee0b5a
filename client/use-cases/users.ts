import { randomBytes } from 'node:crypto';
import type { Database, Db } from '../../db/database';
import { addToken, revokeToken } from '../../db/queries/api-tokens';
import { type Command, recordAudit } from '../../db/queries/audit';
import {
  addUser,
  changeUser,
  findUser,
  lockAdministrators,
  setPassword,
  type UserChange,
  type UserRow,
} from '../../db/queries/users';
import { endSessionsOf } from '../../db/queries/web-sessions';
import { inTransaction } from '../../db/transaction';
import type { Role } from '../../domain/role';
import { sha256 } from '../../domain/sha256';
import { hashPassword, randomPassword } from './passwords';
import { ChangedMeanwhile, NotFound, UseCaseError } from './use-case-error';

const TOKEN_BYTES = 32;

/** Lets somebody in. @returns the password to begin with, shown this once. @throws UseCaseError for a name that is taken. */
export async function inviteUser(
  database: Database,
  given: { readonly name: string; readonly role: Role; readonly email: string | null },
  command: Command,
): Promise<string> {
  const password = randomPassword();
  const passwordHash = await hashPassword(password);
  await inTransaction(database, async (tx) => {
    if (!(await addUser(tx, { ...given, passwordHash })))
      throw new UseCaseError(`There is a user ${given.name} already.`);
    await recordAudit(tx, {
      ...command,
      action: 'user.add',
      subject: `user/${given.name}`,
      detail: { role: given.role },
    });
  });
  return password;
}

/**
 * Changes a user's role and address, or lets them in no more: then they are signed out everywhere.
 *
 * @throws NotFound, ChangedMeanwhile, UseCaseError when nobody could administer any more.
 */
export async function editUser(
  database: Database,
  name: string,
  { version, ...change }: UserChange & { readonly version: number },
  command: Command,
): Promise<void> {
  await inTransaction(database, async (tx) => {
    const administrators = await lockAdministrators(tx);
    const before = await requireUser(tx, name);
    const stays = change.role === 'administrator' && !change.disabled;
    if (!stays && administrators.length === 1 && administrators[0] === name)
      throw new UseCaseError(`${name} is the only administrator: make somebody else one first.`);
    if (!(await changeUser(tx, name, version, change)))
      throw new ChangedMeanwhile(`Somebody has changed ${name} meanwhile: look again.`);
    if (change.disabled) await endSessionsOf(tx, name);
    await recordAudit(tx, {
      ...command,
      action: 'user.change',
      subject: `user/${name}`,
      detail: {
        before: { role: before.role, disabled: before.disabledAt !== null },
        after: { role: change.role, disabled: change.disabled },
      },
    });
  });
}

/** For somebody who has forgotten theirs. @returns a new password, shown this once. @throws NotFound. */
export async function resetPassword(database: Database, name: string, command: Command): Promise<string> {
  const password = randomPassword();
  const hash = await hashPassword(password);
  await inTransaction(database, async (tx) => {
    await requireUser(tx, name);
    await setPassword(tx, name, hash);
    await endSessionsOf(tx, name);
    await recordAudit(tx, { ...command, action: 'user.password', subject: `user/${name}` });
  });
  return password;
}

async function requireUser(db: Db, name: string): Promise<UserRow> {
  const user = await findUser(db, name);
  if (user === undefined) throw new NotFound(`There is no user ${name}.`);
  return user;
}

/** Makes a token for a program. @returns it, shown this once. */
export async function makeToken(
  database: Database,
  { name, role }: { readonly name: string; readonly role: Role },
  command: Command,
): Promise<{ id: number; token: string }> {
  const token = `boosta_${randomBytes(TOKEN_BYTES).toString('base64url')}`;
  const tokenHash = sha256(token);
  const id = await inTransaction(database, async (tx) => {
    const made = await addToken(tx, { name, role, tokenHash, madeBy: command.by });
    await recordAudit(tx, { ...command, action: 'token.add', subject: `token/${name}`, detail: { role } });
    return made;
  });
  return { id, token };
}

/** @throws NotFound. */
export async function endToken(database: Database, id: number, command: Command): Promise<void> {
  await inTransaction(database, async (tx) => {
    if (!(await revokeToken(tx, id)))
      throw new NotFound(`There is no token ${id}, or it was revoked already.`);
    await recordAudit(tx, { ...command, action: 'token.revoke', subject: `token/${id}` });
  });
}
