import { once } from 'node:events';
import { omitUndefined, toJsonLine } from '@footlight/core';
import { createService, type ServedModel, type ServiceOptions } from '@footlight/serve';
import { listen } from '@footlight/serve/node';
import type { Context } from '../context.js';
import { describeError } from '../describe-error.js';
import { printNote } from '../terminal/print.js';
import { type LoadedModel, loadServedModels, readFileState } from './load-served-models.js';
import type { ServeOptions } from './types.js';

/** How often `--watch` looks at the files, in milliseconds. */
const watchInterval = 1000;

/** `footlight serve`: answers requests until a signal ends it. The log goes to the output, as JSON lines. */
export async function serve(files: readonly string[], options: ServeOptions, context: Context): Promise<void> {
  const { signal } = context;
  let loaded = await loadServedModels(files, options, context);
  const sessions = await openSessions(options);
  const milliseconds = Math.ceil(1000 * (options.timeout ?? 10));
  const service = createService({
    models: toModels(loaded),
    limits: {
      milliseconds,
      ...omitUndefined({ count: options.maxCount, bytes: options.maxBytes, concurrency: options.concurrency }),
    },
    ...readSecrets(process.env),
    ...omitUndefined({ sessions, cors: options.cors }),
    ...(options.quiet ? {} : { onRequest: (record) => void context.out.write(`${toJsonLine(record)}\n`) }),
  });
  const reload = inTurn(async () => {
    try {
      const next = await loadServedModels(files, options, context, loaded);
      service.replaceModels(toModels(next));
      loaded = next;
      printNote(context.err, `Models loaded again: ${describeModels(loaded)}.`);
    } catch (error) {
      printNote(context.err, `The earlier models stay. ${describeError(error, { verbose: false })}`);
    }
  });
  const listening = await listen(service, { port: options.port, host: options.host, milliseconds });
  context.onHangUp?.(reload);
  const watching = options.watch ? watchFiles(files, loaded, reload, context) : undefined;
  printNote(context.err, `Serving ${describeModels(loaded)} at ${listening.url}. Ctrl-C ends it.`);
  try {
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    clearInterval(watching);
    await listening.close();
    await sessions?.close?.();
  }
}

const toModels = (loaded: ReadonlyMap<string, LoadedModel>): Record<string, ServedModel> =>
  Object.fromEntries([...loaded].map(([name, { model }]) => [name, model]));

const describeModels = (loaded: ReadonlyMap<string, LoadedModel>): string =>
  [...loaded].map(([name, { model }]) => `${name} (${model.hash})`).join(', ');

async function openSessions({ redis }: ServeOptions): Promise<ServiceOptions['sessions']> {
  if (redis === undefined) return undefined;
  const { redisSessions } = await import('@footlight/serve/redis');
  return redisSessions(redis);
}

function readSecrets(environment: NodeJS.ProcessEnv): Pick<ServiceOptions, 'apiKeys' | 'jwtSecret'> {
  const { FOOTLIGHT_API_KEYS: keys, FOOTLIGHT_JWT_SECRET: jwtSecret } = environment;
  return omitUndefined({ apiKeys: keys?.split(',').map((key) => key.trim()), jwtSecret });
}

/** Runs work once more after its end if it was asked for meanwhile, never twice at a time. */
function inTurn(work: () => Promise<void>): () => void {
  let isRunning = false;
  let isWanted = false;
  const run = async (): Promise<void> => {
    isRunning = true;
    while (isWanted) {
      isWanted = false;
      await work();
    }
    isRunning = false;
  };
  return () => {
    isWanted = true;
    if (!isRunning) void run();
  };
}

/** Reloads when the state of a file differs from before and has not changed since the last look. */
function watchFiles(
  files: readonly string[],
  loaded: ReadonlyMap<string, LoadedModel>,
  reload: () => void,
  context: Context,
): NodeJS.Timeout {
  let done = [...loaded.values()].map(({ state }) => state).join();
  let last = done;
  const look = async (): Promise<void> => {
    const states = await Promise.all(files.map((file) => readFileState(file, context)));
    const now = states.join();
    if (now !== done && now === last && !states.includes('')) {
      done = now;
      reload();
    }
    last = now;
  };
  return setInterval(() => void look(), watchInterval);
}
