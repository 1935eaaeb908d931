import type { Command } from 'commander';

/** Options that were typed, unlike those that have their defaults. */
export function listGivenOptions(command: Command): string[] {
  return command.options
    .map((option) => option.attributeName())
    .filter((name) => command.getOptionValueSource(name) === 'cli');
}
