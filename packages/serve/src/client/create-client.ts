import { invalid, RecsysError } from '@footlight/core';
import type { ServedModelCard } from '../card-types.js';
import type {
  BatchAnswer,
  EventsAnswer,
  EventsBody,
  HealthAnswer,
  ModelsAnswer,
  PredictAnswer,
  PredictBody,
  Problem,
  RecommendAnswer,
  RecommendBody,
  SimilarBody,
} from '../types.js';

export interface ClientOptions {
  /** Key or token, sent as `Authorization: Bearer KEY`. */
  readonly key?: string;
  /** Milliseconds until a request is given up. Default 10,000. */
  readonly milliseconds?: number;
  /** What sends requests. Default `fetch`. */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** Sends requests to a service. */
export interface Client {
  recommend(body: RecommendBody): Promise<RecommendAnswer>;
  recommendBatch(bodies: readonly RecommendBody[]): Promise<BatchAnswer<RecommendAnswer>['answers']>;
  similar(body: SimilarBody): Promise<RecommendAnswer>;
  similarBatch(bodies: readonly SimilarBody[]): Promise<BatchAnswer<RecommendAnswer>['answers']>;
  predict(body: PredictBody): Promise<PredictAnswer>;
  predictBatch(bodies: readonly PredictBody[]): Promise<BatchAnswer<PredictAnswer>['answers']>;
  sendEvents(body: EventsBody): Promise<EventsAnswer>;
  sendEventsBatch(bodies: readonly EventsBody[]): Promise<BatchAnswer<EventsAnswer>['answers']>;
  /** The cards of the models. */
  readModels(): Promise<readonly ServedModelCard[]>;
  readHealth(): Promise<HealthAnswer>;
}

/**
 * Creates a client of a service. It runs wherever `fetch` does, and imports neither models nor TensorFlow.js.
 *
 * @throws {RecsysError} `invalid-argument` for an address that is none. Its functions throw the error that the service
 *   answers, with its code, or `request-failed` if there is no answer
 * @example
 * const client = createClient('http://localhost:8080');
 * const { recommendations } = await client.recommend({ user: 42, count: 5 });
 */
export function createClient(url: string, options: ClientOptions = {}): Client {
  const { key, milliseconds = 10_000, fetch: send = (request: Request) => fetch(request) } = options;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    invalid('createClient(url)', 'an address such as http://localhost:8080', url);
  const call = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const request = new Request(new URL(path, url.endsWith('/') ? url : `${url}/`), {
      method: body ? 'POST' : 'GET',
      headers: {
        ...(body ? { 'content-type': 'application/json' } : {}),
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
      },
      ...(body ? { body: JSON.stringify(body) } : {}),
      signal: AbortSignal.timeout(milliseconds),
    });
    const answer = await send(request)
      .then((response) => response.json() as Promise<Answer | Problem>)
      .catch((cause: unknown) => failRequest(url, cause));
    if (isProblem(answer)) throw new RecsysError(answer.error.code, answer.error.message);
    return answer;
  };
  const callBatch = async <Answer>(path: string, requests: readonly object[]) =>
    (await call<BatchAnswer<Answer>>(`${path}/batch`, { requests })).answers;
  return {
    recommend: (body) => call('recommend', body),
    recommendBatch: (bodies) => callBatch('recommend', bodies),
    similar: (body) => call('similar', body),
    similarBatch: (bodies) => callBatch('similar', bodies),
    predict: (body) => call('predict', body),
    predictBatch: (bodies) => callBatch('predict', bodies),
    sendEvents: (body) => call('events', body),
    sendEventsBatch: (bodies) => callBatch('events', bodies),
    readModels: async () => (await call<ModelsAnswer>('model')).models,
    readHealth: () => call('health'),
  };
}

const isProblem = (answer: unknown): answer is Problem =>
  typeof answer === 'object' && answer !== null && 'error' in answer;

function failRequest(url: string, cause: unknown): never {
  const reason = cause instanceof Error ? cause.message : String(cause);
  throw new RecsysError('request-failed', `${url}: expected an answer, received: ${reason}.`, { cause });
}
