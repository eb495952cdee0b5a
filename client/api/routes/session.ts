import type { FastifyInstance } from 'fastify';
import { sha256 } from '../../../domain/sha256';
import { changeOwnPassword, signIn } from '../../use-cases/sign-in';
import type { ApiContext } from '../context';
import * as contract from '../contract/session';
import { RequestRefused } from '../problems';
import { serve } from '../serve';

export function addSession(api: FastifyInstance, { database }: ApiContext): void {
  serve(api, contract.signIn, async ({ body, request, reply }) => {
    const user = await signIn(database, body.name, body.password);
    if (user === undefined) throw new RequestRefused(401, 'Name and password do not belong together.');
    // Whatever session the browser came with is not the one it leaves with.
    await request.session.regenerate();
    request.session.userName = user.name;
    return { name: user.name, role: user.role, csrfToken: reply.generateCsrf() };
  });
  serve(api, contract.readSession, async ({ caller, reply }) => ({
    name: caller.name,
    role: caller.role,
    csrfToken: caller.by === 'browser' ? reply.generateCsrf() : '',
  }));
  serve(api, contract.signOut, async ({ request }) => {
    await request.session.destroy();
    return {};
  });
  serve(api, contract.changePassword, async ({ body, caller, request }) => {
    if (caller.by === 'token') throw new RequestRefused(403, 'A token has no password.');
    const sessionHash = sha256(request.session.sessionId);
    await changeOwnPassword(database, caller.name, { ...body, sessionHash });
    return {};
  });
}
