import type { Id } from '@footlight/trainer';
import { z } from 'zod';
import { ServiceError } from './service-error.js';
import type { BatchBody, EventsBody, PredictBody, RecommendBody, ServiceLimits, SimilarBody } from './types.js';

/** The schemas of the bodies that a service reads. */
export interface Schemas {
  readonly recommend: z.ZodType<RecommendBody>;
  readonly similar: z.ZodType<SimilarBody>;
  readonly predict: z.ZodType<PredictBody>;
  readonly events: z.ZodType<EventsBody>;
}

/** Creates the schemas of bodies within these limits. */
export function createSchemas({ count, items }: Required<ServiceLimits>): Schemas {
  // JSON rounds larger numbers, so that they would name another user or item.
  const error =
    'expected a text of 1 to 1000 characters, or a whole number within ±(2^53 − 1); write larger ones as texts';
  const wholeNumber = z.number().refine(Number.isSafeInteger, { error });
  const id: z.ZodType<Id> = z.union([z.string().min(1).max(1000), wholeNumber], { error });
  const fieldValue = z.union([z.string().max(1000), z.number()]);
  const ids = z.array(id).max(items);
  const listLength = z.number().int().min(1).max(count).describe('Number of items; default 10').exactOptional();
  const text = z.string().min(1).max(1000);
  const asker = {
    user: id.describe('A user that the model was trained on').exactOptional(),
    history: ids.describe('Items of any user, oldest first').exactOptional(),
    ratings: z.array(z.number()).max(items).describe('Ratings of the items of history').exactOptional(),
    session: text.describe('A session, whose events follow the history of user').exactOptional(),
    model: text.describe('Name of the model; default: by the shares').exactOptional(),
  };
  return {
    recommend: z.strictObject({
      ...asker,
      count: listLength,
      exclude: ids.describe('Items that are not recommended').exactOptional(),
      allow: ids.describe('The only items that may be recommended').exactOptional(),
      repeat: z.boolean().describe('Whether items of the history may be recommended').exactOptional(),
      filter: z
        .record(z.string().max(1000), z.union([fieldValue, z.array(fieldValue).min(1).max(items)]))
        .describe('Values that items must have, by field')
        .exactOptional(),
      diversity: z.number().min(0).max(1).describe('Maximal marginal relevance, 0: none').exactOptional(),
      popularityDiscount: z.number().min(0).max(1000).describe('Discount of popular items').exactOptional(),
      explain: z.number().int().min(0).max(100).describe('Items of the history that explain each').exactOptional(),
      clip: z.boolean().describe('Whether ratings are limited to the scale').exactOptional(),
    }),
    similar: z.strictObject({ item: id, count: listLength, model: asker.model }),
    predict: z.strictObject({
      ...asker,
      items: z.array(id).min(1).max(Math.min(count, items)),
      clip: z.boolean().describe('Whether ratings are limited to the scale').exactOptional(),
    }),
    events: z.strictObject({
      session: text,
      events: z
        .array(z.strictObject({ item: id, rating: z.number().exactOptional() }))
        .min(1)
        .max(items),
      model: asker.model,
    }),
  };
}

/** The schema of a batch. Its requests are checked one by one, so that one that is wrong does not refuse the others. */
export function createBatchSchema({ batch }: Required<ServiceLimits>): z.ZodType<BatchBody<unknown>> {
  return z.strictObject({ requests: z.array(z.unknown()).min(1).max(batch) });
}

/**
 * Checks a body.
 *
 * @throws {ServiceError} `invalid-request`, with the first fields that are wrong
 */
export function checkBody<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const { success, data, error } = schema.safeParse(body);
  if (success) return data;
  const faults = error.issues.slice(0, 3).map(({ path, message }) => {
    const where = ['body', ...path.map(String)].join('.');
    return `${where}: ${message.replace(/^(Invalid input|Too big|Too small): /, '')}.`;
  });
  throw new ServiceError(400, 'invalid-request', faults.join(' '));
}
