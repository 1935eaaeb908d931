import { Command, Option } from 'commander';
import type { Context } from '../context.js';
import type {
  StudyManifestOptions,
  StudyOptions,
  StudyRetrainOptions,
  StudyRunOptions,
  StudyTableOptions,
  StudyWorkOptions,
} from '../study/types.js';
import {
  createBackendOption,
  createExperimentsOption,
  createMarkdownOption,
  createResultsOption,
  parseInteger,
  parsePositiveInteger,
  parsePositiveNumber,
  parseSeeds,
} from './arguments.js';

/** `footlight study`: search for options, and read what was found. */
export function createStudyCommand(context: Context): Command {
  return new Command('study')
    .description('search for the options of an experiment, on the validation part')
    .addCommand(createRunCommand(context))
    .addCommand(createWorkCommand(context))
    .addCommand(createManifestCommand(context))
    .addCommand(createListCommand(context))
    .addCommand(createReadingCommand(context, 'show', 'show how far a study is, and its best trial', []))
    .addCommand(createReadingCommand(context, 'best', 'print the best trial', ['json']))
    .addCommand(createReadingCommand(context, 'table', 'print all trials of a study', ['csv', 'json']).alias('export'))
    .addCommand(createReadingCommand(context, 'importance', 'print how much each parameter matters (PED-ANOVA)', []))
    .addCommand(createEnqueueCommand(context))
    .addCommand(createRetrainCommand(context));
}

function addStorage(command: Command): Command {
  return command
    .option(
      '--storage <file>',
      'file of the log, or redis://host/database (default: studies/<name>.log in the folder of the results)',
    )
    .addOption(createResultsOption());
}

function createRunCommand(context: Context): Command {
  const command = new Command('run')
    .description('run trials of a search, and keep each of them in a log')
    .argument('<search>', 'name of a search of the project, or a file such as ./mine.search.ts')
    .option('--trials <count>', 'trials of the study in all (default: those of the search)', parsePositiveInteger)
    .option('--more <count>', 'trials of this command at most', parsePositiveInteger)
    .option('--workers <count>', 'processes that run trials at once on this machine', parsePositiveInteger)
    .addOption(new Option('--worker <id>', 'this process is one of --workers').hideHelp())
    .option('--seconds <seconds>', 'begin no further trial after so many seconds', parsePositiveNumber)
    .option(
      '--sampler <sampler>',
      'what proposes parameters, see footlight samplers (default: that of the search, or tpe)',
    )
    .option('--pruner <pruner>', 'what stops bad trials, see footlight pruners (default: that of the search, or none)')
    .option('--seed <number>', 'seed of the sampler (default: that of the search, or 0)', parseInteger)
    .option('--name <name>', 'name of the study (default: that of the search)')
    .option('--resume', 'continue the study, which goes on with new points')
    .option('--accept-changes', 'continue although the search or its data have changed')
    .addOption(createBackendOption())
    .option('--data <folder>', 'folder of the data archives (default: FOOTLIGHT_DATA, else the cache folder)')
    .addOption(createExperimentsOption());
  return addStorage(command).action(async (search: string, options: StudyRunOptions) => {
    const { runStudy } = await import('../study/run-study.js');
    await runStudy(search, options, context);
  });
}

function createWorkCommand(context: Context): Command {
  return new Command('work')
    .description('run trials that footlight study run dispatches on another machine')
    .requiredOption('--storage <address>', 'Redis server of the log: redis://[user:password@]host[:port][/database]')
    .addOption(createBackendOption())
    .option('--data <folder>', 'folder of the data archives (default: FOOTLIGHT_DATA, else the cache folder)')
    .addOption(createExperimentsOption())
    .addOption(createResultsOption())
    .action(async (options: StudyWorkOptions) => {
      const { workOnStudies } = await import('../study/work-on-studies.js');
      await workOnStudies(options, context);
    });
}

function createManifestCommand(context: Context): Command {
  return new Command('manifest')
    .description('print what starts workers on a cluster: a Kubernetes Job, or a script for Slurm')
    .argument('<search>', 'name of a search of the project, or its file')
    .addOption(new Option('--kubernetes', 'print a Job: … | kubectl apply -f -').conflicts('slurm'))
    .option('--slurm', 'print a script of an array of jobs: … > workers.sh, then sbatch workers.sh')
    .option('--workers <count>', 'number of workers', parsePositiveInteger, 50)
    .option('--storage <address>', 'Redis server of the log: redis://[user@]host[:port][/database]')
    .option('--name <name>', 'name of the job (default: footlight- and the name of the study)')
    .option('--cpus <count>', 'processors of each worker', parsePositiveInteger, 2)
    .option('--memory <GiB>', 'memory of each worker', parsePositiveInteger, 4)
    .option('--image <image>', 'Kubernetes: image with the project and its packages', 'footlight-search:latest')
    .option('--secret <name>', 'Kubernetes: Secret whose key password is that of Redis', 'footlight-redis')
    .option('--backend <name>', 'backend of the workers (default: the fastest that works there)')
    .option('--data <folder>', 'folder of the data archives there')
    .addOption(createExperimentsOption())
    .action(async (search: string, options: StudyManifestOptions) => {
      const { printManifest } = await import('../study/print-manifest.js');
      await printManifest(search, options, context);
    });
}

function createListCommand(context: Context): Command {
  const command = new Command('list')
    .description('list the studies of the project, or of --storage')
    .option('--json', 'print one JSON object per study')
    .addOption(createMarkdownOption());
  return addStorage(command).action(async (options: StudyTableOptions) => {
    const { listAll } = await import('../study/show-study.js');
    await listAll(options, context);
  });
}

const readers = { show: 'showStudy', best: 'showBest', table: 'showTable', importance: 'showImportance' } as const;

function createReadingCommand(
  context: Context,
  name: keyof typeof readers,
  description: string,
  formats: readonly ('csv' | 'json')[],
): Command {
  const command = new Command(name)
    .description(description)
    .argument('<study>', 'name of a study of the project, or the file of its log')
    .addOption(createMarkdownOption());
  if (formats.includes('csv')) command.option('--csv', 'print CSV with all digits');
  if (formats.includes('json')) command.option('--json', 'print one JSON object per trial');
  return addStorage(command).action(async (study: string, options: StudyTableOptions) => {
    const read = await import('../study/show-study.js');
    await read[readers[name]](study, options, context);
  });
}

function createEnqueueCommand(context: Context): Command {
  const command = new Command('enqueue')
    .description('add a trial with given parameters; others are drawn')
    .argument('<study>', 'name of a study of the project, or the file of its log')
    .argument('<name=value...>', 'parameters, e.g. dim=64 learningRate=0.01');
  return addStorage(command).action(async (study: string, pairs: string[], options: StudyOptions) => {
    const { enqueueTrial } = await import('../study/show-study.js');
    await enqueueTrial(study, pairs, options, context);
  });
}

function createRetrainCommand(context: Context): Command {
  const command = new Command('retrain')
    .description('run the experiment of the best trial with several seeds and the test part, and store the result')
    .argument('<search>', 'name of a search of the project, or its file')
    .option('--seeds <count>', 'runs, with seeds counted up', parseSeeds, 5)
    .option('--name <name>', 'name of the study (default: that of the search)')
    .option('--resume', 'continue an earlier run that was interrupted')
    .addOption(createBackendOption())
    .option('--data <folder>', 'folder of the data archives (default: FOOTLIGHT_DATA, else the cache folder)')
    .addOption(createMarkdownOption())
    .addOption(createExperimentsOption());
  return addStorage(command).action(async (search: string, options: StudyRetrainOptions) => {
    const { retrainBest } = await import('../study/retrain-best.js');
    await retrainBest(search, options, context);
  });
}
