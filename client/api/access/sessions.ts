import { callbackify } from 'node:util';
import type { FastifySessionOptions } from '@fastify/session';
import type { Session } from 'fastify';
import type { Db } from '../../../db/database';
import { endSession, findSession, saveSession } from '../../../db/queries/web-sessions';
import { sha256 } from '../../../domain/sha256';

const HOURS = 12;
export const SESSION_MS = HOURS * 3_600_000;

type Store = NonNullable<FastifySessionOptions['store']>;
type Kept = Pick<Session, 'userName'> & Record<string, unknown>;

/** Sessions in MySQL, so that every API process knows them, and someone who is disabled is out at once. */
export function storeSessions(db: Db): Store {
  const get = async (id: string) => {
    const row = await findSession(db, sha256(id));
    return row === undefined ? null : (row.content as unknown as Session);
  };
  const set = async (id: string, session: Session) => {
    const content = JSON.parse(JSON.stringify(session)) as Kept;
    const endsAt = new Date(Date.now() + SESSION_MS);
    await saveSession(db, { idHash: sha256(id), userName: content.userName ?? null, content, endsAt });
  };
  const destroy = (id: string) => endSession(db, sha256(id));
  return { get: callbackify(get), set: callbackify(set), destroy: callbackify(destroy) };
}
