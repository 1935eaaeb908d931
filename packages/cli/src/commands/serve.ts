import { Command } from 'commander';
import type { ServeOptions } from '../actions/types.js';
import type { Context } from '../context.js';
import {
  collect,
  createBackendOption,
  createExperimentsOption,
  parseCount,
  parsePositiveInteger,
  parsePositiveNumber,
} from './arguments.js';

const secrets = `
Secrets come from the environment: FOOTLIGHT_API_KEYS, keys separated by commas, or FOOTLIGHT_JWT_SECRET, the secret of
HS256 tokens; clients send Authorization: Bearer. SIGHUP loads the files again, SIGTERM ends the service after the
requests that have begun.`;

export function createServeCommand(context: Context): Command {
  return new Command('serve')
    .description('answer requests for recommendations over HTTP with saved models')
    .argument('<files...>', 'files written by footlight run --save')
    .option('--port <number>', 'port; 0 for any free one', parseCount, 8080)
    .option('--host <name>', 'address to listen on; 0.0.0.0 for all networks', '127.0.0.1')
    .option('--share <list>', 'percentages of the users per file, separated by commas, e.g. 90,10')
    .option('--watch', 'load files again when they change')
    .option('--redis <url>', 'keep sessions on Redis (default: in memory); needs the package ioredis')
    .option('--cors <origin>', 'let pages of this origin call the service; repeat it for several', collect)
    .option('--data-license <text>', 'licence of the data, for the card of the models')
    .option('--max-count <number>', 'longest list (default: 1000)', parsePositiveInteger)
    .option('--max-bytes <number>', 'largest body of a request (default: 1048576)', parsePositiveInteger)
    .option('--concurrency <number>', 'requests answered at the same time (default: 1000)', parsePositiveInteger)
    .option('--timeout <seconds>', 'time until a request is given up (default: 10)', parsePositiveNumber)
    .option('--quiet', 'log no requests')
    .addOption(createBackendOption())
    .option('--experiment <name>', 'name or file of the experiment of the models (default: it is found)')
    .addOption(createExperimentsOption())
    .addHelpText('after', secrets)
    .action(async (files: readonly string[], options: ServeOptions) => {
      const { serve } = await import('../actions/serve.js');
      await serve(files, options, context);
    });
}
