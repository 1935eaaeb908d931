import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { refuseRepetition } from './refuse-repetition.js';
import { createRunCommand } from './run.js';

function parse(...args: string[]): string {
  const controller = new AbortController();
  const output = { write: () => true };
  const command = createRunCommand({ cwd: '.', signal: controller.signal, out: output, err: output })
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .action(() => {});
  refuseRepetition(command);
  try {
    command.parse(args, { from: 'user' });
  } catch (error) {
    if (error instanceof CommanderError) return error.message;
    throw error;
  }
  return 'accepted';
}

describe('refuseRepetition', () => {
  it('refuses an option with one value that is given twice', () => {
    const message = "error: option '--seeds <count>' is given twice. Give it once.";
    expect(parse('x', '--seeds', '2', '--resume', '--seeds', '3')).toBe(message);
    expect(parse('x', '--seeds=3', '--seeds=3')).toBe(message);
    expect(parse('x', '--epochs', '3', '--epochs', '4')).toContain('--epochs');
  });

  it('accepts options that collect values, and those without one', () => {
    expect(parse('x', '--filter', 'dedupe', '--filter', 'dedupe', '--metric=mrr', '--metric=auc')).toBe('accepted');
    expect(parse('x', '--json', '--json', '--seeds', '2', '--seed', '3')).toBe('accepted');
  });
});
