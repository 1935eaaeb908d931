import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { assertInteger, RecsysError } from '@footlight/core';
import { createAdaptorServer } from '@hono/node-server';
import type { Service } from '../create-service.js';

export interface ListenOptions {
  /** 0: any free port. Default 8080. */
  readonly port?: number;
  /** Default `127.0.0.1`, this machine alone; `0.0.0.0` for all networks. */
  readonly host?: string;
  /** Milliseconds in which a request must have arrived as a whole; slower connections are closed. Default 10,000. */
  readonly milliseconds?: number;
}

/** A service that listens. */
export interface Listening {
  /** E.g. `http://127.0.0.1:8080`. */
  readonly url: string;
  /** Takes no more connections, answers the requests that have begun, and closes the service. */
  close(): Promise<void>;
}

/**
 * Serves in Node.
 *
 * @throws {RecsysError} `listen-failed`, e.g. if the port is taken
 * @example
 * const { url, close } = await listen(createService({ models }), { port: 8080 });
 */
export async function listen(service: Service, options: ListenOptions = {}): Promise<Listening> {
  const { port = 8080, host = '127.0.0.1', milliseconds = 10_000 } = options;
  assertInteger('listen(port)', port, { minimum: 0, maximum: 65_535 });
  assertInteger('listen(milliseconds)', milliseconds);
  const server = createAdaptorServer({
    fetch: (request) => service.fetch(request),
    serverOptions: {
      requestTimeout: milliseconds,
      headersTimeout: milliseconds,
      connectionsCheckingInterval: Math.min(1000, milliseconds),
      keepAliveTimeout: 65_000, // longer than the 60 seconds of common load balancers
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: Error) =>
      reject(
        new RecsysError(
          'listen-failed',
          `listen: expected a free port on ${host}, received: ${cause.message}. Try port 0.`,
          {
            cause,
          },
        ),
      ),
    );
    server.listen(port, host, resolve);
  });
  const { address, port: chosen, family } = server.address() as AddressInfo;
  return {
    url: `http://${family === 'IPv6' ? `[${address}]` : address}:${chosen}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      await new Promise((resolve) => setImmediate(resolve)); // requests that have arrived are read
      await service.close();
      server.closeIdleConnections();
      const waiting = setInterval(() => server.closeIdleConnections(), 50); // those that end an answer now
      await closed.finally(() => clearInterval(waiting));
    },
  };
}
