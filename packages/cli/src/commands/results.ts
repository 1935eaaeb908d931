import { Command } from 'commander';
import type { CompareOptions } from '../actions/compare.js';
import type { ListOptions } from '../actions/list.js';
import type { ReportOptions } from '../actions/report.js';
import type { TableOptions } from '../actions/table.js';
import type { Context } from '../context.js';
import {
  collect,
  createBackendOption,
  createClaimsOption,
  createExperimentsOption,
  createMarkdownOption,
  createResultsOption,
} from './arguments.js';

export function createListCommand(context: Context): Command {
  return new Command('list')
    .description('list experiments and their published results')
    .argument('[filter]', 'part of a name, or a pattern such as "triplet/*"')
    .option('--json', 'print one JSON object per experiment')
    .addOption(createMarkdownOption())
    .option('--data <folder>', 'folder of the data archives (default: FOOTLIGHT_DATA, else the cache folder)')
    .addOption(createExperimentsOption())
    .addOption(createResultsOption())
    .action(async (filter: string | undefined, options: ListOptions) => {
      const { list } = await import('../actions/list.js');
      await list(filter, options, context);
    });
}

export function createTableCommand(context: Context): Command {
  return new Command('table')
    .description('print stored results as tables: one for the experiments named, else one per protocol')
    .argument('[experiment...]', 'experiments that were run, or patterns such as "triplet/*"')
    .option(
      '--into <file>',
      'write tested claims and tables between `<!-- results -->` and `<!-- end -->` of this file',
    )
    .option('--csv', 'print one line per experiment as CSV, with all digits, loss and best epoch')
    .addOption(createMarkdownOption())
    .addOption(createExperimentsOption())
    .addOption(createResultsOption())
    .addOption(createClaimsOption())
    .action(async (names: string[], options: TableOptions) => {
      const { table } = await import('../actions/table.js');
      await table(names, options, context);
    });
}

export function createCompareCommand(context: Context): Command {
  return new Command('compare')
    .description('test whether two experiments of one protocol differ, user by user')
    .argument('<experiment>', 'an experiment that was run')
    .argument('<other>', 'another one')
    .option('--json', 'print one JSON object per metric')
    .addOption(createMarkdownOption())
    .addOption(createResultsOption())
    .action(async (one: string, other: string, options: CompareOptions) => {
      const { compare } = await import('../actions/compare.js');
      await compare(one, other, options, context);
    });
}

export function createReportCommand(context: Context): Command {
  return new Command('report')
    .description('write stored results and studies as an HTML page with figures that needs no network')
    .argument('[experiment...]', 'experiments that were run, or patterns such as "triplet/*"; default: all')
    .option(
      '--study <name>',
      'show a study too: its log file, or its name in the results; may be repeated. Without experiments: studies only',
      collect,
    )
    .option('--output <file>', 'file that the page is written to', 'report.html')
    .option('--csv <file>', 'write the results as CSV too')
    .option('--figures <folder>', 'write the figures as SVG files too, with a README that shows them')
    .option('--no-recommendations', 'leave out sample recommendations, for which quick models are trained again')
    .addOption(createBackendOption())
    .addOption(createExperimentsOption())
    .addOption(createResultsOption())
    .addOption(createClaimsOption())
    .action(async (names: string[], options: ReportOptions) => {
      const { report } = await import('../actions/report.js');
      await report(names, options, context);
    });
}
