import { Command, Option } from 'commander';
import type { RunOptions } from '../actions/types.js';
import type { Kind } from '../components/component.js';
import { components } from '../components/components.js';
import { describeComponents } from '../components/describe-component.js';
import type { Context } from '../context.js';
import {
  collect,
  createBackendOption,
  createExperimentsOption,
  createMarkdownOption,
  createResultsOption,
  parseCount,
  parseInteger,
  parseNumberFromZero,
  parsePositiveInteger,
  parsePositiveNumber,
  parseSeeds,
} from './arguments.js';
import { listGivenOptions } from './given-options.js';
import { addReadingOptions } from './reading-options.js';

export function createRunCommand(context: Context): Command {
  const command = new Command('run')
    .description('train and evaluate experiments, or a model on a file of your own (--table)')
    .argument('[experiment...]', 'names from footlight list, or files such as ./mine.ts')
    .option(
      '--seeds <count>',
      "runs per experiment, with seeds counted up from the experiment's own (default: 1, or those of the project)",
      parseSeeds,
    )
    .addOption(createBackendOption())
    .option('--data <folder>', 'folder of the data archives (default: FOOTLIGHT_DATA, else the cache folder)')
    .option('--resume', 'continue an earlier run that was interrupted')
    .option('--json', 'print one JSON object per experiment, and nothing else')
    .addOption(createMarkdownOption())
    .option('--check', 'end with exit code 1 unless published values are reached, rounded to their digits')
    .option('--save <file>', 'write the model of the first seed to a file, for footlight recommend')
    .option('--data-license <text>', 'licence of the data, for the card beside the model (default: that of the source)')
    .option('--intended-use <text>', 'what the model is for, for its card; repeat it for several sentences', collect)
    .option('--limits <text>', 'further limits of the model, for its card; repeat it for several sentences', collect)
    .option('--checkpoint <file>', 'keep the state of training (parameters, optimizer, position) in a file, for --from')
    .option(
      '--from <file>',
      'continue training: from a checkpoint of the same options with its optimizer, until --epochs in all; from a ' +
        'saved model with its parameters alone, for --epochs more, where new users and items start anew',
    )
    .addOption(createExperimentsOption())
    .addOption(createResultsOption())
    .optionsGroup('A file of your own:');
  return addReadingOptions(command)
    .option(
      '--item-vectors <file>',
      'vectors of the items (.npy, .npz, .parquet, .jsonl, .csv) for embeddings "projected" and "pretrained", and ' +
        'for factorization-machine',
    )
    .option('--item-vectors-ids <file>', 'ids of the rows of a .npy file, one per line')
    .option('--item-vectors-id <name>', 'column, field or array of the ids in that file (default: id, in .npz ids)')
    .addOption(
      new Option('--item-vectors-missing <rule>', 'what items without a vector have (default: error)').choices([
        ...['error', 'zero', 'mean'],
      ]),
    )
    .option(
      '--item-features <file>',
      'table of the items (CSV, TSV, JSON lines or Parquet), for embeddings "feature" and factorization-machine',
    )
    .option('--item-features-columns <names>', 'its columns that become features, e.g. genre,year; a|b: two values')
    .option('--item-features-id <column>', 'its column with the item ids (default: the name in --item, else id)')
    .option('--item-titles <column>', 'its column with the titles that recommend shows')
    .option('--user-features <file>', 'table of the users, read likewise')
    .option('--user-features-columns <names>', 'its columns that become features')
    .option('--user-features-id <column>', 'its column with the user ids (default: the name in --user, else id)')
    .option('--model <model>', 'model to train', 'factorization')
    .option('--loss <loss>', 'training loss (default: that of the model, mostly bpr)')
    .option('--split <split>', 'how test data are held out (default: leave-last-out, without --time leave-random-out)')
    .option('--filter <filter>', 'filter of the interactions; repeat it for several, in order', collect)
    .option('--metric <metric>', 'metric; repeat it for several (default: ndcg(at=10), recall(at=20), mrr)', collect)
    .addOption(
      new Option('--cold <rule>', 'test data of users and items without training data (default: exclude)').choices([
        'exclude',
        'include',
      ]),
    )
    .addOption(
      new Option('--candidates <rule>', 'items that are ranked: all, or those without training data').choices([
        'every-item',
        'cold-items',
      ]),
    )
    .addOption(
      new Option('--ties <rule>', 'how metrics rank items with equal scores (default: expected)').choices([
        ...['expected', 'average-rank', 'lower-id', 'best', 'worst'],
      ]),
    )
    .addOption(
      new Option('--seen <rule>', 'what happens to items that a user has already (default: exclude)').choices([
        ...['exclude', 'rank-last', 'include'],
      ]),
    )
    .option('--negatives <count or sampler>', 'negatives per positive, or their sampler (default: that of the loss)')
    .option(
      '--minimum-rating <rating>',
      'short for a first --filter "minimum-rating(rating=<rating>)": likes from ratings',
      parsePositiveNumber,
    )
    .option('--k-core <count>', 'short for a last --filter "k-core(minimum=<count>)"', parsePositiveInteger)
    .option('--dim <count>', 'length of the vectors of the model (default: 64)', parsePositiveInteger)
    .option('--epochs <count>', 'passes over the training data; 0: evaluate the initial model', parseCount, 20)
    .option('--batch-size <count>', 'interactions (or users, or windows) per step', parsePositiveInteger, 256)
    .option(
      '--learning-rate <number>',
      'learning rate of Adam (default: 0.01, with a rating loss 0.003)',
      parsePositiveNumber,
    )
    .option(
      '--l2 <number>',
      'L2 penalty of Adam on all parameters (default: 0, with a rating loss 0.001)',
      parseNumberFromZero,
    )
    .option('--stop-early <metric>', 'stop when this metric of the validation part no longer improves, e.g. mrr')
    .option('--refit', 'train again on the validation part as well, before the test')
    .addOption(
      new Option('--monitor <part>', 'part whose metrics are stored after every epoch, for curves').choices([
        'validation',
        'test',
      ]),
    )
    .addOption(
      new Option('--layout <layout>', 'training examples of sequence models (default: windows)').choices([
        'windows',
        'subsequences',
      ]),
    )
    .option(
      '--length-pool <count>',
      'sort windows by length within pools of so many batches: less padding, faster (default: no pools)',
      parsePositiveInteger,
    )
    .option('--seed <number>', 'seed of all random numbers', parseInteger, 42)
    .addHelpText('after', () => listComponents(context.out.columns ?? 100))
    .action(async (names: string[], options: RunOptions, command: Command) => {
      const { run } = await import('../actions/run.js');
      await run(names, { ...options, given: listGivenOptions(command) }, context);
    });
}

/** Titles of the lists of components under `footlight run --help`. */
const lists: readonly (readonly [Kind, string])[] = [
  ['model', 'Models (footlight models explains them and their options):'],
  ['loss', 'Losses (footlight losses):'],
  ['split', 'Splits (footlight splits):'],
  ['filter', 'Filters (footlight filters):'],
  ['negatives', 'Samplers of negatives (footlight negatives):'],
  ['metric', 'Metrics (footlight metrics):'],
];

function listComponents(width: number): string {
  const sections = lists.map(([kind, title]) => {
    const lines = describeComponents(components[kind], width - 2).map((line) => `  ${line.replaceAll('\n', '\n  ')}`);
    return [title, ...lines].join('\n');
  });
  return `
Components are written name or name(option=value, …):
  --model factorization --dim 32
  --model "ials(dim=64, confidence=20)"
  --model "sequence-lstm(dim=32, itemEmbedding=bloom(ratio=0.5))" --loss "hinge(margin=0.5)"
  --filter "minimum-rating(rating=4)" --filter "k-core(minimum=5)" --metric "recall(at=50)" --metric auc

${sections.join('\n\n')}`;
}
