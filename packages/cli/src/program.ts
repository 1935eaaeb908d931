import { readFileSync } from 'node:fs';
import { toPrintableLines } from '@footlight/core';
import { Command } from 'commander';
import { createExportCommand } from './commands/export.js';
import {
  createDoctorCommand,
  createExplainCommands,
  createPredictCommand,
  createRecommendAllCommand,
  createRecommendCommand,
  createSummaryCommand,
} from './commands/models.js';
import { refuseRepetition } from './commands/refuse-repetition.js';
import {
  createCompareCommand,
  createListCommand,
  createReportCommand,
  createTableCommand,
} from './commands/results.js';
import { createRunCommand } from './commands/run.js';
import { createServeCommand } from './commands/serve.js';
import { createStudyCommand } from './commands/study.js';
import type { Context } from './context.js';
import { exitCodesHelp } from './exit-codes.js';

const examples = `
Examples:
  footlight run --table ratings.csv --user userId --item movieId --time timestamp --save model.safetensors
  footlight recommend model.safetensors --user 42
  footlight run ./my-experiment.ts
  footlight list
`;

/** The command line. What a command needs is loaded when it runs, so that help is printed at once. */
export function createProgram(context: Context): Command {
  const program = new Command('footlight')
    .description('Train, evaluate and use recommender models.')
    .version(readVersion(), '--version', 'print the version')
    .addHelpText('after', examples + exitCodesHelp)
    .showHelpAfterError('(footlight --help lists all commands)')
    .configureOutput({
      writeOut: (text) => void context.out.write(toPrintableLines(text)),
      writeErr: (text) => void context.err.write(toPrintableLines(text)),
      getOutHelpWidth: () => context.out.columns ?? 100,
      getErrHelpWidth: () => context.err.columns ?? 100,
    })
    .exitOverride();
  for (const command of [
    createRunCommand(context),
    createListCommand(context),
    createTableCommand(context),
    createCompareCommand(context),
    createReportCommand(context),
    createStudyCommand(context),
    createRecommendCommand(context),
    createRecommendAllCommand(context),
    createPredictCommand(context),
    createServeCommand(context),
    createExportCommand(context),
    createSummaryCommand(context),
    ...createExplainCommands(context),
    createDoctorCommand(context),
  ]) {
    for (const each of [command, ...command.commands]) {
      each
        .copyInheritedSettings(program)
        .optionsGroup('Options:')
        .option('--verbose', 'show where an error comes from');
      refuseRepetition(each);
    }
    program.addCommand(command);
  }
  return program;
}

function readVersion(): string {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  return version;
}
