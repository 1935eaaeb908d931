import { useBackend } from '@footlight/engine';
import { Command, InvalidArgumentError, Option } from 'commander';
import { compareCommand } from './compare.js';
import { losses, models, splits } from './components-by-name.js';
import { doctorCommand } from './doctor.js';
import { exitCodesHelp } from './exit-codes.js';
import { listedRows, rowTable } from './list.js';
import { answer, numbered, openArtifact, predicted, type Question } from './recommend.js';
import { type ReportCommandOptions, reportCommand } from './report.js';
import { type RunCommandOptions, runCommand } from './run.js';
import { tableCommand } from './table.js';

/** The command line. `signal` ends what is under way. */
export function program(signal: AbortSignal): Command {
  const all = new Command('footlight')
    .description('Re-runs published recommenders, trains one on a file of yours, and asks it.')
    .addHelpText('after', exitCodesHelp)
    .showHelpAfterError('(footlight --help tells more)')
    .exitOverride();
  for (const command of [
    listOf(),
    runOf(signal),
    tableOf(),
    reportOf(signal),
    compareOf(),
    recommendOf(),
    predictOf(),
    doctorOf(),
  ]) {
    command.copyInheritedSettings(all).optionsGroup('Options:').option('--verbose', 'show where an error comes from');
    all.addCommand(command);
  }
  return all;
}

function listOf(): Command {
  return new Command('list')
    .description('the rows there are, with what was published for them')
    .option('--json', 'one object per row')
    .action(async ({ json }: { json?: true }) => {
      const rows = await listedRows();
      print(json ? rows.map((row) => JSON.stringify(row)).join('\n') : rowTable(rows));
    });
}

function runOf(signal: AbortSignal): Command {
  return new Command('run')
    .description('trains and measures rows, or a file of yours (--table)')
    .argument('[row...]', 'names from `footlight list`')
    .option('--seeds <count>', 'runs per row, with seeds that count up from that of the row', positiveInteger, 1)
    .option('--backend <name>', 'where tensors are computed (default: the best that works, see `footlight doctor`)')
    .option('--data <folder>', 'folder of the archives (default: FOOTLIGHT_DATA, else the cache folder)')
    .option('--resume', 'go on from where an earlier run of the same was ended')
    .option('--json', 'print one object per row, and nothing else')
    .option('--check', 'end with exit code 1 unless published values are met, rounded to their digits')
    .option('--save <file>', 'keep the model of the first seed; `footlight recommend` asks it')
    .addOption(resultsOption())
    .optionsGroup('A file of yours:')
    .option('--table <file>', 'CSV, TSV, JSON lines or Parquet')
    .option('--user <column>', 'name of the column with the user ids')
    .option('--item <column>', 'name of the column with the item ids')
    .option('--rating <column>', 'name of the column with the ratings')
    .option('--time <column>', 'name of the column with the times')
    .addOption(
      new Option('--times <unit>', 'what the times are (default: seconds since 1970)').choices([
        'seconds',
        'milliseconds',
        'date',
      ]),
    )
    .addOption(new Option('--model <name>', 'what learns').choices(Object.keys(models)).default('factorization'))
    .addOption(new Option('--loss <name>', 'what it wants').choices(Object.keys(losses)).default('bpr'))
    .addOption(
      new Option('--split <name>', 'what is tested (default: leave-last-out, without --time random)').choices(
        Object.keys(splits),
      ),
    )
    .option('--k-core <count>', 'drop users and items with fewer interactions, again and again', positiveInteger)
    .option('--epochs <count>', 'passes over the training part', positiveInteger, 20)
    .option('--dim <count>', 'length of the vectors', positiveInteger, 64)
    .option('--batch-size <count>', 'interactions per step', positiveInteger, 256)
    .option('--learning-rate <number>', 'of Adam', positiveNumber, 0.01)
    .option('--negatives <count>', 'negatives per positive (default: that of the loss)', positiveInteger)
    .option('--seed <number>', 'every random number comes from it', integer, 42)
    .action((rows: string[], options: RunCommandOptions, command: Command) =>
      runCommand(rows, { ...options, given: givenOptions(command) }, signal),
    );
}

function tableOf(): Command {
  return new Command('table')
    .description('results as Markdown tables: of these rows one, else one per protocol')
    .argument('[row...]', 'rows that were run')
    .option('--into <file>', 'write them between `<!-- results -->` and `<!-- end -->` of this file')
    .addOption(resultsOption())
    .action(tableCommand);
}

function reportOf(signal: AbortSignal): Command {
  return new Command('report')
    .description('results as one page with figures, which needs no network')
    .argument('[row...]', 'rows that were run; default: all')
    .option('--output <file>', 'where the page goes', 'report.html')
    .option('--no-recommendations', 'leave out lists of films, for which quick models are trained again')
    .option('--backend <name>', 'where these are trained')
    .addOption(resultsOption())
    .action((rows: string[], options: ReportCommandOptions) => reportCommand(rows, options, signal));
}

function compareOf(): Command {
  return new Command('compare')
    .description('tests two rows of one protocol against each other, user by user')
    .argument('<row>', 'a row that was run')
    .argument('<other>', 'another one')
    .option('--json', 'one object per metric')
    .addOption(resultsOption())
    .action(compareCommand);
}

function recommendOf(): Command {
  return new Command('recommend')
    .description('asks a saved model')
    .argument('<artifact>', 'file of `footlight run --save`')
    .option('--history <list>', 'titles or ids of liked items, with commas between them, oldest first')
    .option('--user <id>', 'somebody the model knows')
    .option('--count <count>', 'length of the list', positiveInteger, 10)
    .option('--exclude <list>', 'titles or ids of items that are not to be shown')
    .option('--backend <name>', 'where tensors are computed')
    .option('--json', 'print one array, and nothing else')
    .action(async (path: string, { backend, json, ...question }: Question & { backend?: string; json?: true }) => {
      await useBackend(backend);
      const recommendations = await answer(await openArtifact(path), question);
      print(json ? JSON.stringify(recommendations) : numbered(recommendations));
    });
}

function predictOf(): Command {
  return new Command('predict')
    .description('asks a saved model for the rating that somebody would give')
    .argument('<artifact>', 'file of `footlight run --save`, of a model of ratings')
    .requiredOption('--item <item>', 'title or id')
    .option('--user <id>', 'somebody the model knows')
    .option('--history <list>', 'titles or ids of rated items, with commas between them, oldest first')
    .option('--backend <name>', 'where tensors are computed')
    .action(
      async (
        path: string,
        { backend, ...question }: { item: string; user?: string; history?: string; backend?: string },
      ) => {
        await useBackend(backend);
        print((await predicted(await openArtifact(path), question)).toFixed(4));
      },
    );
}

function doctorOf(): Command {
  return new Command('doctor')
    .description('which backends work here, and why others do not')
    .option(
      '--install-tensorflow',
      'first build the TensorFlow backend for this machine (Linux; downloads about 300 MB)',
    )
    .option('--json', 'print one object, and nothing else')
    .action(doctorCommand);
}

function resultsOption(): Option {
  return new Option('--results <folder>', 'folder of the results').default('apps/benchmarks/results');
}

/** Options that somebody typed, unlike those that have their defaults. */
function givenOptions(command: Command): string[] {
  return command.options
    .map((option) => option.attributeName())
    .filter((name) => command.getOptionValueSource(name) === 'cli');
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function positiveInteger(text: string): number {
  const value = integer(text);
  if (value < 1) throw new InvalidArgumentError('Expected a positive integer.');
  return value;
}

function integer(text: string): number {
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw new InvalidArgumentError('Expected an integer.');
  return Number(text);
}

function positiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Expected a positive number.');
  return value;
}
