import type { FastifySessionOptions } from '@fastify/session';
import type { Session } from 'fastify';
import type { Db } from '../../../db/database';
import { endSession, findSession, saveSession } from '../../../db/queries/web-sessions';
import { sha256 } from './caller';

const HOURS = 12;
export const SESSION_MS = HOURS * 3_600_000;

type Store = NonNullable<FastifySessionOptions['store']>;
type Kept = Pick<Session, 'userName'> & Record<string, unknown>;

/** Sessions in MySQL, so that every API process knows them, and someone who is disabled is out at once. */
export function storeSessions(db: Db): Store {
  return {
    get: (id, done) => {
      findSession(db, sha256(id)).then(
        (row) => done(null, row === undefined ? null : (row.content as unknown as Session)),
        (error: unknown) => done(error),
      );
    },
    set: (id, session, done) => {
      const content = JSON.parse(JSON.stringify(session)) as Kept;
      const endsAt = new Date(Date.now() + SESSION_MS);
      const row = { idHash: sha256(id), userName: content.userName ?? null, content, endsAt };
      saveSession(db, row).then(() => done(), done);
    },
    destroy: (id, done) => {
      endSession(db, sha256(id)).then(() => done(), done);
    },
  };
}
