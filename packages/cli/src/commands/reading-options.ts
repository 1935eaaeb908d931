import { type Command, Option } from 'commander';
import { parsePositiveInteger, parsePositiveNumber } from './arguments.js';

/** Adds the options that say how a file of one's own is read. */
export function addReadingOptions(command: Command): Command {
  return command
    .option('--table <file>', 'CSV, TSV, JSON lines or Parquet')
    .option('--train <file>', 'file with the training data, in place of --table; the test data are in --test')
    .option('--test <file>', 'file with the test data, read like that of --train')
    .addOption(
      new Option(
        '--format <format>',
        'format of the file (default: by its name). lists: each line is a user and items; sequences: oldest first',
      ).choices(['csv', 'tsv', 'json-lines', 'parquet', 'lists', 'sequences']),
    )
    .option('--user <column>', 'column with the user ids')
    .option('--item <column>', 'column with the item ids')
    .option('--pair <column>', 'column with both ids, e.g. 42:1210, in place of --user and --item')
    .option('--pair-separator <text>', 'what stands between both ids (default: a colon)')
    .option('--rating <column>', 'column with the ratings')
    .option('--time <column>', 'column with the times')
    .addOption(
      new Option('--times <unit>', 'unit of the times (default: seconds since 1970)').choices([
        ...['seconds', 'milliseconds', 'microseconds', 'nanoseconds', 'date'],
      ]),
    )
    .option('--weight <column>', 'column that says how much an interaction counts in training')
    .option('--separator <character>', 'separator of a CSV file (default: a comma), or of the ids of a list; \\t: tab')
    .option('--header <names>', 'names of all columns of a file without a header, separated by commas')
    .addOption(
      new Option('--quotes <boolean>', 'whether quotation marks enclose fields (default: in CSV files)').choices([
        'true',
        'false',
      ]),
    )
    .option('--encoding <name>', 'encoding of a text file, e.g. latin1 (default: utf-8)')
    .option('--line-bytes <count>', 'longest line that is read, in bytes (default: 16777216)', parsePositiveInteger)
    .option(
      '--expansion <factor>',
      'how many times its size a compressed file may hold (default: 250)',
      parsePositiveNumber,
    );
}
