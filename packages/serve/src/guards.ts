import { invalid } from '@footlight/core';
import type { MiddlewareHandler } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { cors } from 'hono/cors';
import { jwt } from 'hono/jwt';
import type { ServiceOptions } from './types.js';

type Guards = Pick<ServiceOptions, 'apiKeys' | 'jwtSecret' | 'cors'>;

/** Routes that need no key. */
const open: readonly string[] = ['/health', '/openapi.json'];

/**
 * Creates the middleware that lets requests in: origins of pages, and keys or tokens.
 *
 * @throws {RecsysError} `invalid-argument` for empty keys, or keys and a secret at once
 */
export function createGuards({ apiKeys, jwtSecret, cors: origins = [] }: Guards): MiddlewareHandler[] {
  if (apiKeys && jwtSecret !== undefined)
    invalid('createService', 'apiKeys or jwtSecret', 'both', 'Leave one of them out.');
  if (apiKeys && (apiKeys.length === 0 || apiKeys.some((key) => key === '')))
    invalid('createService(apiKeys)', 'at least one key, none of which is empty', JSON.stringify(apiKeys));
  if (jwtSecret === '') invalid('createService(jwtSecret)', 'a secret', 'an empty text');
  const guards: MiddlewareHandler[] = [];
  if (origins.length > 0) guards.push(cors({ origin: [...origins], allowMethods: ['GET', 'POST'], maxAge: 3600 }));
  if (apiKeys) guards.push(exceptOpen(bearerAuth({ token: [...apiKeys] })));
  if (jwtSecret !== undefined) guards.push(exceptOpen(jwt({ secret: jwtSecret, alg: 'HS256' })));
  return guards;
}

const exceptOpen =
  (guard: MiddlewareHandler): MiddlewareHandler =>
  (context, next) =>
    open.includes(context.req.path) ? next() : guard(context, next);
