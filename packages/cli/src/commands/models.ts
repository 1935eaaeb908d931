import { Command } from 'commander';
import type { DoctorOptions } from '../actions/doctor.js';
import type { PredictOptions, RecommendAllOptions, RecommendOptions, SummaryOptions } from '../actions/types.js';
import type { Kind } from '../components/component.js';
import type { Context } from '../context.js';
import {
  createBackendOption,
  createExperimentsOption,
  createMarkdownOption,
  parsePositiveInteger,
} from './arguments.js';

const history = ['--history <list>', 'titles or ids of liked items, separated by commas, oldest first'] as const;
const user = ['--user <id>', 'a user that the model was trained on'] as const;
const ratings = ['--ratings <list>', 'ratings of the items of the history, in order, for models of ratings'] as const;
const clip = ['--clip', 'limit predicted ratings to the scale'] as const;
const skipUnknown = ['--skip-unknown', 'leave out lines that the model does not know, and list them'] as const;
const experiment = [
  '--experiment <name>',
  'name or file of the experiment of the model (default: it is found)',
] as const;

export function createRecommendCommand(context: Context): Command {
  return new Command('recommend')
    .description('recommend items with a saved model')
    .argument('<file>', 'file written by footlight run --save')
    .option(...history)
    .option(...ratings)
    .option(...user)
    .option('--users-file <file>', 'file with one user id per line, for lists of all of them')
    .option('--output <file>', 'file for these lists, .csv or .jsonl (default: CSV to the output)')
    .option(...skipUnknown)
    .option('--count <count>', 'number of items', parsePositiveInteger, 10)
    .option('--exclude <list>', 'titles or ids of items to leave out')
    .option(...clip)
    .addOption(createBackendOption())
    .option(...experiment)
    .addOption(createExperimentsOption())
    .option('--json', 'print one JSON array, or one JSON object per user, and nothing else')
    .action(async (path: string, options: RecommendOptions) => {
      const { recommend } = await import('../actions/recommend.js');
      await recommend(path, options, context);
    });
}

export function createRecommendAllCommand(context: Context): Command {
  return new Command('recommend-all')
    .description('recommend items to all users of a saved model; a run that was ended is continued')
    .argument('<file>', 'file written by footlight run --save')
    .requiredOption('--output <file>', 'file for the lists, .csv, .jsonl or .parquet')
    .option('--count <count>', 'number of items', parsePositiveInteger, 10)
    .option('--exclude <list>', 'titles or ids of items to leave out')
    .option(...clip)
    .addOption(createBackendOption())
    .option(...experiment)
    .addOption(createExperimentsOption())
    .action(async (path: string, options: RecommendAllOptions) => {
      const { recommendAll } = await import('../actions/recommend-all.js');
      await recommendAll(path, options, context);
    });
}

export function createPredictCommand(context: Context): Command {
  return new Command('predict')
    .description('predict the rating of an item with a saved model of ratings')
    .argument('<file>', 'file written by footlight run --save')
    .option('--item <item>', 'title or id')
    .option(...user)
    .option(...history)
    .option(...ratings)
    .option('--pairs <file>', 'CSV file with a header, and a user and an item per line')
    .option('--columns <user,item>', 'columns of that file (default: the first two)')
    .option('--output <file>', 'CSV file for the predictions of the pairs (default: the output)')
    .option(...skipUnknown)
    .option(...clip)
    .addOption(createBackendOption())
    .option(...experiment)
    .addOption(createExperimentsOption())
    .action(async (path: string, options: PredictOptions) => {
      const { predict } = await import('../actions/recommend.js');
      await predict(path, options, context);
    });
}

export function createSummaryCommand(context: Context): Command {
  return new Command('summary')
    .description('list the parameters of a model and their number; nothing is trained')
    .argument('[name]', 'an experiment, whose data are loaded, or a file written by footlight run --save')
    .option('--model <model>', 'model as for footlight run, in place of an experiment; needs --users and --items')
    .option('--users <count>', 'number of users, with --model', parsePositiveInteger)
    .option('--items <count>', 'number of items, with --model', parsePositiveInteger)
    .option('--dim <count>', 'length of the vectors of the model, with --model (default: 64)', parsePositiveInteger)
    .option('--data <folder>', 'folder of the data archives (default: FOOTLIGHT_DATA, else the cache folder)')
    .option('--json', 'print one JSON object, and nothing else')
    .addOption(createMarkdownOption())
    .addOption(createBackendOption())
    .option(...experiment)
    .addOption(createExperimentsOption())
    .action(async (name: string | undefined, options: SummaryOptions) => {
      const { summary } = await import('../actions/summary.js');
      await summary(name, options, context);
    });
}

/** Commands that explain the components of a kind. */
const explanations: readonly (readonly [name: string, kind: Kind, what: string])[] = [
  ['models', 'model', 'models'],
  ['losses', 'loss', 'training losses'],
  ['splits', 'split', 'splits into training and test data'],
  ['filters', 'filter', 'filters of interactions'],
  ['negatives', 'negatives', 'samplers of negatives'],
  ['metrics', 'metric', 'metrics'],
  ['embeddings', 'embedding', 'embeddings, an option of many models'],
  ['samplers', 'sampler', 'samplers of hyperparameters'],
  ['pruners', 'pruner', 'pruners of unpromising trials'],
];

export function createExplainCommands(context: Context): Command[] {
  return explanations.map(([name, kind, what]) =>
    new Command(name)
      .description(`explain the ${what} and their options`)
      .argument('[name]', 'one of them; default: all')
      .option('--json', 'print one JSON object per line')
      .action(async (chosen: string | undefined, options: { readonly json?: true }) => {
        const { explain } = await import('../actions/explain.js');
        await explain(kind, chosen, { ...options, command: name }, context);
      }),
  );
}

export function createDoctorCommand(context: Context): Command {
  return new Command('doctor')
    .description('show which backends work on this machine, and why others do not')
    .option(
      '--compile',
      'first compile the C++ kernels of @footlight/kernels (needs a C++17 compiler, make and Python)',
    )
    .option(
      '--install-tensorflow',
      'first build the TensorFlow backend for this machine (Linux; downloads about 300 MB)',
    )
    .option('--gpu', 'with --install-tensorflow: build the backend tensorflow-gpu (NVIDIA; downloads about 600 MB)')
    .option('--json', 'print one JSON object, and nothing else')
    .action(async (options: DoctorOptions) => {
      const { doctor } = await import('../actions/doctor.js');
      await doctor(options, context);
    });
}
