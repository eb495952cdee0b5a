import type { FastifyInstance } from 'fastify';
import { listTokens } from '../../../db/queries/api-tokens';
import { listUsers } from '../../../db/queries/users';
import { editUser, endToken, inviteUser, makeToken, resetPassword } from '../../use-cases/users';
import type { ApiContext } from '../context';
import * as contract from '../contract/users';
import { serve } from '../serve';

/** Who may sign in, and the tokens of programs. */
export function addUsers(api: FastifyInstance, { database }: ApiContext): void {
  serve(api, contract.listUsers, async () => {
    const users = await listUsers(database.db);
    return { users: users.map((user) => ({ ...user, disabled: user.disabledAt !== null })) };
  });
  serve(api, contract.inviteUser, async ({ body: { reason, ...user }, caller }) => ({
    password: await inviteUser(database, user, { by: caller.name, reason }),
  }));
  serve(api, contract.editUser, async ({ params, body: { reason, ...change }, caller }) => {
    await editUser(database, params.name, change, { by: caller.name, reason });
    return {};
  });
  serve(api, contract.resetPassword, async ({ params, body, caller }) => ({
    password: await resetPassword(database, params.name, { by: caller.name, reason: body.reason }),
  }));
  serve(api, contract.listTokens, async () => ({ tokens: await listTokens(database.db) }));
  serve(api, contract.makeToken, async ({ body: { reason, ...token }, caller }) =>
    makeToken(database, token, { by: caller.name, reason }),
  );
  serve(api, contract.endToken, async ({ params, body, caller }) => {
    await endToken(database, params.id, { by: caller.name, reason: body.reason });
    return {};
  });
}
