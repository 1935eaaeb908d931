import type { Id, Recommender, UserOrHistory } from '@footlight/trainer';
import { ServiceError } from './service-error.js';
import type { SessionStore } from './sessions/session-store.js';
import type { Asker } from './types.js';

/** The text whose hash chooses the model: that of the user if there is one, else of the session or the history. */
export function toKey({ user, session, history }: Asker): string {
  return String(user ?? session ?? JSON.stringify(history ?? []));
}

/**
 * Finds who a request is about: a user, a history, or the events of a session after the history of its user.
 *
 * @throws {ServiceError} `invalid-request`, `unknown-session`, `not-possible`
 */
export async function findQuery(
  { user, history, ratings, session }: Asker,
  recommender: Recommender,
  sessions: SessionStore,
): Promise<UserOrHistory> {
  const given = Object.entries({ user, history, session }).flatMap(([name, value]) =>
    value === undefined ? [] : name,
  );
  if (given.length === 0 || (history !== undefined && given.length > 1))
    throw new ServiceError(
      400,
      'invalid-request',
      `body: expected user, history or session, or user and session, received ${given.join(' and ') || 'none'}.`,
    );
  if (ratings !== undefined && history === undefined)
    throw new ServiceError(400, 'invalid-request', 'body.ratings: expected a history that they rate, received none.');
  if (session !== undefined) return readSession(session, user, recommender, sessions);
  if (user !== undefined) return { user };
  return ratings === undefined ? { history: history! } : { history: history!, ratings };
}

async function readSession(
  session: string,
  user: Id | undefined,
  recommender: Recommender,
  sessions: SessionStore,
): Promise<UserOrHistory> {
  const events = await sessions.read(session);
  if (events === undefined && user !== undefined) return { user };
  if (events === undefined)
    throw new ServiceError(
      404,
      'unknown-session',
      `body.session: expected a session with events, received ${JSON.stringify(session)}. ` +
        'Send some to /events, or name the user.',
    );
  const items = events.map(({ item }) => item);
  if (!readsRatings(recommender)) {
    const earlier = user === undefined ? [] : recommender.getHistory(user);
    return { history: [...earlier, ...items] };
  }
  const ratings = events.flatMap(({ rating }) => rating ?? []);
  if (user !== undefined || ratings.length < items.length)
    throw new ServiceError(
      422,
      'not-possible',
      'body.session: expected a session without a user whose events all have ratings, since this model learned from ' +
        `ratings, received ${user === undefined ? 'an event without one' : 'a user'}.`,
    );
  return { history: items, ratings };
}

/** Whether the model folds in ratings of a history, not only its items. */
const readsRatings = ({ predictor, ratings }: Recommender): boolean =>
  predictor.reads === 'user' && ratings?.loss !== undefined;
