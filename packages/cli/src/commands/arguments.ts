import { InvalidArgumentError, Option } from 'commander';

/** Options that several commands share, and readers of numbers. */

export function createResultsOption(): Option {
  return new Option(
    '--results <folder>',
    'folder of the results (default: that of footlight.config, else ./footlight-results)',
  );
}

export function createExperimentsOption(): Option {
  return new Option('--experiments <folder>', 'folder of the experiments (default: that of footlight.config)');
}

export function createClaimsOption(): Option {
  return new Option('--claims <file>', 'file of claims that are tested (default: that of footlight.config, else none)');
}

export function createMarkdownOption(): Option {
  return new Option('--markdown', 'print Markdown on a terminal too');
}

export function createBackendOption(): Option {
  return new Option(
    '--backend <name>',
    'backend that computes tensors (default: the fastest that works, see footlight doctor)',
  );
}

/** Collects an option that may be repeated, in order. */
export function collect(text: string, before: readonly string[] = []): string[] {
  return [...before, text];
}

export function parsePositiveInteger(text: string): number {
  const value = parseInteger(text);
  if (value < 1) throw new InvalidArgumentError('Expected a positive integer.');
  return value;
}

/** Seeds are counted up one by one. */
export function parseSeeds(text: string): number {
  const value = parsePositiveInteger(text);
  if (value > 10_000) throw new InvalidArgumentError('Expected at most 10000.');
  return value;
}

export function parseCount(text: string): number {
  const value = parseInteger(text);
  if (value < 0) throw new InvalidArgumentError('Expected an integer from 0.');
  return value;
}

export function parseInteger(text: string): number {
  if (!/^-?\d+$/.test(text) || !Number.isSafeInteger(Number(text)))
    throw new InvalidArgumentError('Expected an integer.');
  return Number(text);
}

export function parsePositiveNumber(text: string): number {
  const value = Number(text);
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Expected a positive number.');
  return value;
}

export function parseNumberFromZero(text: string): number {
  const value = Number(text);
  if (!(text.trim() !== '' && value >= 0 && Number.isFinite(value)))
    throw new InvalidArgumentError('Expected a number from 0.');
  return value;
}
