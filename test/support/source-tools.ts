import type { SourceTools } from '../../activities/sources/source';

/** What an adapter is lent where no other worker shares it: no limit of calls, and a session of its own. */
export function toolsOfOne(): SourceTools {
  let kept: { session: string; endsAt: Date } | undefined;
  return {
    permit: async () => undefined,
    session: {
      read: async () => (kept !== undefined && kept.endsAt > new Date() ? kept.session : undefined),
      keep: async (session, endsAt) => {
        kept = { session, endsAt };
      },
    },
  };
}
