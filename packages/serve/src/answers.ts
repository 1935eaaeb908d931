import { omitUndefined } from '@footlight/core';
import type { Id, Recommender } from '@footlight/trainer';
import { findQuery, toKey } from './find-query.js';
import { nextTurn } from './gather-requests.js';
import type { RunningModel, RunningModels } from './running-models.js';
import { ServiceError } from './service-error.js';
import type { SessionStore } from './sessions/session-store.js';
import type {
  EventsAnswer,
  EventsBody,
  PredictAnswer,
  PredictBody,
  RecommendAnswer,
  RecommendBody,
  SimilarBody,
} from './types.js';

/** What an answer needs beside the body. */
export interface RequestScope {
  readonly models: RunningModels;
  readonly sessions: SessionStore;
  /** When the request is given up, in the milliseconds of `Date.now()`. */
  readonly deadline: number;
  /** The number of events that a session keeps. */
  readonly sessionLength: number;
  /** Takes notice of the model that was chosen, for the log. */
  onChoice(model: RunningModel, bucket: number): void;
}

const chooseModel = ({ models, onChoice }: RequestScope, name: string | undefined, key: string): RunningModel => {
  const { model, bucket } = models.choose(name, key);
  onChoice(model, bucket);
  return model;
};

/** Answers `/recommend`. */
export async function answerRecommend(body: RecommendBody, scope: RequestScope): Promise<RecommendAnswer> {
  const { user, history, ratings, session, model: name, count = 10, ...options } = body;
  const model = chooseModel(scope, name, toKey(body));
  const query = await findQuery(body, model.served.recommender, scope.sessions);
  return {
    model: model.name,
    recommendations: await model.gatherer.recommend({ query, count, options }, scope.deadline),
  };
}

/** Answers `/similar`. */
export async function answerSimilar(
  { item, count = 10, model: name }: SimilarBody,
  scope: RequestScope,
): Promise<RecommendAnswer> {
  const model = chooseModel(scope, name, String(item));
  await nextTurn(scope.deadline);
  return { model: model.name, recommendations: await model.served.recommender.similarItems(item, count) };
}

/** Answers `/predict`: the ratings of the items come from one list that contains nothing else. */
export async function answerPredict(body: PredictBody, scope: RequestScope): Promise<PredictAnswer> {
  const { items, clip } = body;
  const model = chooseModel(scope, body.model, toKey(body));
  const { recommender } = model.served;
  if (!recommender.ratings)
    throw new ServiceError(
      422,
      'not-possible',
      `model: expected one that predicts ratings, received ${model.name}, which ranks items. Use /recommend.`,
    );
  const query = await findQuery(body, recommender, scope.sessions);
  const options = { allow: items, repeat: true, ...omitUndefined({ clip }) };
  const list = await model.gatherer.recommend({ query, count: items.length, options }, scope.deadline);
  const ratings = new Map(list.map(({ item, rating }) => [String(item), rating!]));
  return { model: model.name, predictions: items.map((item) => ({ item, rating: ratings.get(String(item))! })) };
}

/** Answers `/events`. */
export async function answerEvents(
  { session, events, model: name }: EventsBody,
  scope: RequestScope,
): Promise<EventsAnswer> {
  const model = chooseModel(scope, name, session);
  assertItems(
    model.served.recommender,
    events.map(({ item }) => item),
  );
  return { model: model.name, length: await scope.sessions.append(session, events, scope.sessionLength) };
}

function assertItems(recommender: Recommender, items: readonly Id[]): void {
  const unknown = items.find((item) => !recommender.has('item', item));
  if (unknown === undefined) return;
  throw new ServiceError(
    422,
    'not-possible',
    `body.events: expected items of the model, received ${JSON.stringify(unknown)}. None of these events was stored.`,
  );
}
