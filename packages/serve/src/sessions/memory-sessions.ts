import { assertInteger, assertNumber } from '@footlight/core';
import type { SessionEvent, SessionStore } from './session-store.js';

export interface MemorySessionsOptions {
  /** Sessions that are kept; beyond them the one without events for longest is forgotten. Default 100,000. */
  readonly capacity?: number;
  /** Seconds after its last event until a session is forgotten. Default 86,400, one day. */
  readonly seconds?: number;
}

/**
 * Sessions in the memory of one process, which end with it.
 *
 * @example
 * createService({ models, sessions: memorySessions({ seconds: 3600 }) })
 */
export function memorySessions({ capacity = 100_000, seconds = 86_400 }: MemorySessionsOptions = {}): SessionStore {
  assertInteger('memorySessions(capacity)', capacity);
  assertNumber('memorySessions(seconds)', seconds, { above: 0 });
  // in the order of their last events
  const sessions = new Map<string, { readonly events: readonly SessionEvent[]; readonly until: number }>();
  const find = (session: string): readonly SessionEvent[] | undefined => {
    const found = sessions.get(session);
    if (found && found.until <= Date.now()) sessions.delete(session);
    else return found?.events;
    return undefined;
  };
  return {
    async append(session, events, limit) {
      const all = [...(find(session) ?? []), ...events].slice(-limit);
      sessions.delete(session);
      sessions.set(session, { events: all, until: Date.now() + 1000 * seconds });
      for (const [oldest, { until }] of sessions) {
        if (sessions.size <= capacity && until > Date.now()) break;
        sessions.delete(oldest);
      }
      return all.length;
    },
    read: async (session) => find(session),
  };
}
