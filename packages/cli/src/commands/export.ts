import { Command, Option } from 'commander';
import type { ExportOptions } from '../actions/types.js';
import type { Context } from '../context.js';
import {
  collect,
  createBackendOption,
  createExperimentsOption,
  parseInteger,
  parsePositiveInteger,
  parsePositiveNumber,
} from './arguments.js';
import { listGivenOptions } from './given-options.js';
import { addReadingOptions } from './reading-options.js';

export function createExportCommand(context: Context): Command {
  return addReadingOptions(
    new Command('export')
      .description('write a file of your own (filtered, split) or a saved model for other programs')
      .argument('[file]', 'a model, written by footlight run --save'),
  )
    .option('--onnx <file>', 'model: write it as ONNX, and its ids to <file>.ids.json')
    .option('--vectors <file>', 'model: write the vectors and biases of its items to a Parquet file')
    .option('--user-vectors <file>', 'model: write the vectors and biases of its users to a Parquet file')
    .option(
      '--pgvector <address>',
      'model: write its vectors to PostgreSQL with pgvector, e.g. postgres://host/database',
    )
    .option('--pg-schema <schema>', 'schema of its tables (default: public)')
    .option('--pg-name <name>', 'what the names of its tables begin with (default: footlight)')
    .addOption(createBackendOption())
    .option('--experiment <name>', 'name or file of the experiment of the model (default: it is found)')
    .addOption(createExperimentsOption())
    .option('--filter <filter>', 'filter of the interactions; repeat it for several, in order', collect)
    .option(
      '--minimum-rating <rating>',
      'short for a first --filter "minimum-rating(rating=<rating>)": likes from ratings',
      parsePositiveNumber,
    )
    .option('--k-core <count>', 'short for a last --filter "k-core(minimum=<count>)"', parsePositiveInteger)
    .option('--split <split>', 'write the parts of this split (default: all interactions together)')
    .option('--seed <number>', 'seed of splits that draw', parseInteger, 42)
    .addOption(
      new Option(
        '--as <format>',
        'npz: matrices of users by items for scipy.sparse.load_npz, and ids for numpy.load; csv, parquet: tables',
      )
        .choices(['npz', 'csv', 'parquet'])
        .default('npz'),
    )
    .addOption(
      new Option('--values <values>', 'values of the matrices (default: the weights, else ones)').choices([
        ...['ones', 'ratings', 'weights'],
      ]),
    )
    .option('--output <folder>', 'folder to write to; files in it are never replaced')
    .action(async (file: string | undefined, options: ExportOptions, command: Command) => {
      const given = listGivenOptions(command);
      if (file !== undefined) {
        const { exportModel } = await import('../actions/export-model.js');
        return exportModel(file, { ...options, given }, context);
      }
      const { exportData } = await import('../actions/export.js');
      await exportData({ ...options, given }, context);
    });
}
