import type { Json } from '@footlight/core';
import { z } from 'zod';
import { createBatchSchema, type Schemas } from './schemas.js';
import type { ServiceLimits } from './types.js';

type JsonObject = { readonly [key: string]: Json };

/** What each route that reads a body does. */
const summaries = {
  recommend: 'Recommends items to a user, a history or a session',
  similar: 'Finds the most similar items',
  predict: 'Predicts ratings of items',
  events: 'Appends events to a session, which later answers use',
} as const;

const item: JsonObject = { type: ['string', 'number'] };
const object = (properties: JsonObject, required = Object.keys(properties)): JsonObject => ({
  type: 'object',
  properties,
  required: [...required],
});
const list = (items: Json): JsonObject => ({ type: 'array', items });
const reference = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const because = object({ item, title: { type: 'string' }, contribution: { type: 'number' } });
const recommendation = object(
  { item, title: { type: 'string' }, score: { type: 'number' }, rating: { type: 'number' }, because: list(because) },
  ['item', 'title', 'score'],
);
const model = { type: 'string' };
const answers: Readonly<Record<keyof Schemas, JsonObject>> = {
  recommend: object({ model, recommendations: list(reference('Recommendation')) }),
  similar: object({ model, recommendations: list(reference('Recommendation')) }),
  predict: object({ model, predictions: list(object({ item, rating: { type: 'number' } })) }),
  events: object({ model, length: { type: 'integer' } }),
};
const problem = object({ error: object({ code: { type: 'string' }, message: { type: 'string' } }) });

/**
 * Describes a service as an OpenAPI 3.1 document. The bodies come from the schemas that requests are checked with.
 *
 * @param isProtected whether requests need a key or a token
 */
export function describeOpenApi(schemas: Schemas, limits: Required<ServiceLimits>, isProtected: boolean): JsonObject {
  const bodies = Object.entries(schemas).map(([name, schema]) => [`${capitalize(name)}Body`, toJsonSchema(schema)]);
  const paths = Object.entries(summaries).flatMap(([name, summary]) => {
    const body = reference(`${capitalize(name)}Body`);
    const answer = reference(`${capitalize(name)}Answer`);
    const batch = toJsonSchema(createBatchSchema(limits));
    const requests = { ...(batch['properties'] as { requests: JsonObject }).requests, items: body };
    return [
      [`/${name}`, { post: describeOperation(name, summary, body, answer) }],
      [
        `/${name}/batch`,
        {
          post: describeOperation(
            `${name}Batch`,
            `${summary}, for many requests`,
            object({ requests }),
            object({ answers: list({ oneOf: [answer, reference('Problem')] }) }),
          ),
        },
      ],
    ];
  });
  const read = (name: string, summary: string, type: string, schema: Json) => [
    `/${name}`,
    { get: { operationId: name, summary, responses: { 200: describeContent(summary, type, schema) } } },
  ];
  return {
    openapi: '3.1.0',
    info: { title: 'Footlight', version: '1', description: 'Recommendations of saved models.' },
    ...(isProtected ? { security: [{ bearer: [] }] } : {}),
    paths: Object.fromEntries([
      ...paths,
      read('health', 'Tells whether the service answers', 'application/json', object({ status: { type: 'string' } })),
      read('model', 'Describes the models', 'application/json', object({ models: list({ type: 'object' }) })),
      read('metrics', 'Metrics in the text format of Prometheus', 'text/plain', { type: 'string' }),
    ]) as JsonObject,
    components: {
      ...(isProtected ? { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } } : {}),
      schemas: {
        ...(Object.fromEntries(bodies) as JsonObject),
        ...Object.fromEntries(Object.entries(answers).map(([name, each]) => [`${capitalize(name)}Answer`, each])),
        Recommendation: recommendation,
        Problem: problem,
      },
    },
  };
}

function describeOperation(operationId: string, summary: string, body: Json, answer: Json): JsonObject {
  const failures = { 400: 'The body is wrong', 404: 'There is no such model or session', 413: 'The body is too large' };
  const late = { 422: 'The model cannot answer this', 503: 'Too many requests', 504: 'No answer in time' };
  return {
    operationId,
    summary,
    requestBody: { required: true, content: { 'application/json': { schema: body } } },
    responses: {
      200: describeContent('The answer', 'application/json', answer),
      ...Object.fromEntries(
        Object.entries({ ...failures, ...late }).map(([status, description]) => [
          status,
          describeContent(description, 'application/json', reference('Problem')),
        ]),
      ),
    },
  };
}

const describeContent = (description: string, type: string, schema: Json): JsonObject => ({
  description,
  content: { [type]: { schema } },
});

function toJsonSchema(schema: z.ZodType): JsonObject {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest as JsonObject;
}

const capitalize = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
