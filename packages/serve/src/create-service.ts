import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { z } from 'zod';
import { answerEvents, answerPredict, answerRecommend, answerSimilar, type RequestScope } from './answers.js';
import { completeLimits } from './complete-limits.js';
import { createGuards } from './guards.js';
import { inTime, timeout, tooSlow } from './in-time.js';
import { createModelHolder } from './model-holder.js';
import { describeOpenApi } from './open-api.js';
import { readBody } from './read-body.js';
import { createRequestMetrics } from './request-metrics.js';
import { checkBody, createBatchSchema, createSchemas } from './schemas.js';
import { describeProblem, ServiceError } from './service-error.js';
import { memorySessions } from './sessions/memory-sessions.js';
import type { HealthAnswer, ModelsAnswer, RequestRecord, ServedModel, ServiceOptions } from './types.js';

/** Recommender models as a service of HTTP. */
export interface Service {
  /** Answers a request: the handler that Node, Bun, Deno and edge platforms take. */
  fetch(request: Request): Promise<Response>;
  /**
   * Replaces the models. Requests that have begun are answered by the earlier ones, later ones by the new ones; models
   * that are no longer there are freed after their last request.
   *
   * @throws {RecsysError} `invalid-argument` as `createService`; the earlier models then stay
   */
  replaceModels(models: Readonly<Record<string, ServedModel>>): void;
  /** Refuses new requests with 503, waits for those that have begun, and frees the models. */
  close(): Promise<void>;
}

type Noted = { -readonly [field in 'model' | 'bucket' | 'error' | 'reason']?: NonNullable<RequestRecord[field]> };
type Env = { Variables: { noted: Noted } };

/**
 * Creates a service of recommender models: `POST /recommend`, `/similar`, `/predict`, `/events` and their batch forms,
 * `GET /health`, `/model`, `/metrics` and `/openapi.json`.
 *
 * Requests that arrive together are scored together. A request is answered by one model from its beginning to its end.
 *
 * @throws {RecsysError} `invalid-argument` for models, limits or keys that cannot be
 * @example
 * const recommender = await loadArtifact('model.safetensors', factorization({ dim: 64 }));
 * const service = createService({ models: { films: { recommender } } });
 * export default service; // Bun and Deno serve it; in Node: listen(service, { port: 8080 })
 */
export function createService(options: ServiceOptions): Service {
  const { models, sessions = memorySessions(), onRequest } = options;
  const limits = completeLimits(options.limits);
  const guards = createGuards(options);
  const metrics = createRequestMetrics();
  const holder = createModelHolder(models, metrics.countBatch);
  const schemas = createSchemas(limits);
  const batchSchema = createBatchSchema(limits);
  const openApi = JSON.stringify(describeOpenApi(schemas, limits, guards.length > (options.cors?.length ? 1 : 0)));
  const app = new Hono<Env>();

  app.use(async (context, next) => {
    const begun = performance.now();
    const noted: Noted = {};
    context.set('noted', noted);
    await next();
    const record: RequestRecord = {
      time: new Date().toISOString(),
      method: context.req.method,
      path: routes.has(context.req.path) ? context.req.path : 'other',
      status: context.res.status,
      milliseconds: Math.round(1000 * (performance.now() - begun)) / 1000,
      ...noted,
    };
    metrics.countRequest(record);
    onRequest?.(record);
  });
  for (const guard of guards) app.use(guard);

  /** Answers with what `work` finds, in time; the models stay until `work` has ended. */
  const answer = async (
    context: Context<Env>,
    work: (body: unknown, scope: RequestScope) => Promise<object>,
  ): Promise<Response> => {
    const { noted } = context.var;
    if (holder.isClosing() || holder.countPending() >= limits.concurrency)
      throw new ServiceError(503, 'overloaded', 'The service answers no more requests now. Try again later.');
    const { models: running, release } = holder.take();
    const scope: RequestScope = {
      models: running,
      sessions,
      deadline: Date.now() + limits.milliseconds,
      sessionLength: limits.items,
      onChoice({ name }, bucket) {
        const isOther = noted.model !== undefined && !noted.model.split(',').includes(name);
        noted.model = isOther ? `${noted.model},${name}` : (noted.model ?? name);
        noted.bucket = bucket;
      },
    };
    let working: Promise<object>;
    try {
      const body = await inTime(readBody(context.req, limits.bytes), scope.deadline, tooSlow);
      working = work(body, scope).finally(release);
    } catch (error) {
      release(); // a body that never arrives holds no models
      throw error;
    }
    const found = await inTime(working, scope.deadline, timeout);
    return context.body(JSON.stringify(found), 200, { 'content-type': 'application/json' });
  };

  const addRoute = <Body>(
    path: string,
    schema: z.ZodType<Body>,
    find: (body: Body, scope: RequestScope) => Promise<object>,
  ): void => {
    app.post(path, (context) => answer(context, async (body, scope) => find(checkBody(schema, body), scope)));
    app.post(`${path}/batch`, (context) =>
      answer(context, async (body, scope) => {
        const { requests } = checkBody(batchSchema, body);
        const findOne = async (request: unknown) => find(checkBody(schema, request), scope);
        const answers = await Promise.all(
          requests.map((request) => findOne(request).catch((error) => describeProblem(error).body)),
        );
        delete context.var.noted.bucket; // there may be several
        return { answers };
      }),
    );
  };
  addRoute('/recommend', schemas.recommend, answerRecommend);
  addRoute('/similar', schemas.similar, answerSimilar);
  addRoute('/predict', schemas.predict, answerPredict);
  addRoute('/events', schemas.events, answerEvents);

  app.get('/health', (context) => {
    const status = holder.isClosing() ? 'closing' : 'ok';
    const names = holder.current().all.map(({ name }) => name);
    return context.json<HealthAnswer>({ status, models: names }, status === 'ok' ? 200 : 503);
  });
  app.get('/model', (context) => {
    const answer: ModelsAnswer = { models: holder.current().all.map(({ card }) => card) };
    return context.body(JSON.stringify(answer), 200, { 'content-type': 'application/json' });
  });
  app.get('/metrics', (context) => context.text(metrics.format(holder.countPending(), holder.current().all)));
  app.get('/openapi.json', (context) => context.body(openApi, 200, { 'content-type': 'application/json' }));
  app.all('*', ({ req }) => {
    const allowed = routes.get(req.path);
    if (allowed === undefined)
      throw new ServiceError(404, 'unknown-route', `Expected one of ${[...routes.keys()].join(', ')}.`);
    throw new ServiceError(405, 'wrong-method', `${req.path}: expected ${allowed}, received ${req.method}.`);
  });
  app.onError((error, context) => {
    const { status, body } = describeProblem(toServiceError(error));
    const { noted } = context.var;
    noted.error = body.error.code;
    if (status >= 500) noted.reason = error.message;
    if (status === 401) context.header('www-authenticate', 'Bearer');
    if (status === 503) context.header('retry-after', '1');
    if (status === 405) context.header('allow', routes.get(context.req.path));
    if (status === 408 || status === 413) context.header('connection', 'close');
    return context.json(body, status as ContentfulStatusCode);
  });

  return {
    fetch: async (request) => app.fetch(request),
    replaceModels(next) {
      holder.replace(next);
      metrics.countSwap();
    },
    close: () => holder.close(),
  };
}

/** Methods by route. */
const routes: ReadonlyMap<string, string> = new Map([
  ...['/health', '/model', '/metrics', '/openapi.json'].map((path) => [path, 'GET'] as const),
  ...['/recommend', '/similar', '/predict', '/events'].flatMap((path) => [
    [path, 'POST'] as const,
    [`${path}/batch`, 'POST'] as const,
  ]),
]);

/** Errors of the middleware as ours. */
function toServiceError(error: Error): Error {
  if (!(error instanceof HTTPException)) return error;
  if (error.status === 401 || error.status === 400)
    return new ServiceError(
      401,
      'unauthorized',
      'Expected the header Authorization: Bearer with a valid key or token.',
    );
  return new ServiceError(error.status, 'refused', error.message);
}
