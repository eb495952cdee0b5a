import { dropOldRequests } from '../db/queries/idempotent-requests';
import { dropEndedSessions } from '../db/queries/web-sessions';
import type { Deps } from './deps';

/** What Temporal keeps of it. */
export interface Dropped {
  readonly sessions: number;
  readonly requests: number;
}

/** Drops what nobody can use any more: ended sessions of browsers, and answers that were kept for a repeat. */
export async function dropEnded({ database: { db } }: Pick<Deps, 'database'>): Promise<Dropped> {
  return { sessions: await dropEndedSessions(db), requests: await dropOldRequests(db) };
}
