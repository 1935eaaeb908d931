import { RecsysError } from '@footlight/core';
import { CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { findExitCode, Interruption } from './exit-codes.js';

describe('findExitCode', () => {
  it('tells bad usage, bad data, differing protocols, locks and failures apart', () => {
    const codes = [
      'unknown-experiment',
      'invalid-argument',
      'invalid-data',
      'wrong-checksum',
      'protocols-differ',
      'locked',
      'not-finite',
      'disk-full',
    ];
    expect(codes.map((code) => findExitCode(new RecsysError(code, 'text')))).toEqual([2, 2, 3, 3, 4, 5, 1, 1]);
    expect(findExitCode(new TypeError('a bug'))).toBe(1);
  });

  it('calls a request for help done, and a command line that cannot be read bad usage', () => {
    expect(findExitCode(new CommanderError(0, 'commander.helpDisplayed', ''))).toBe(0);
    expect(findExitCode(new CommanderError(1, 'commander.unknownOption', ''))).toBe(2);
  });

  it('keeps the code of a signal', () => {
    expect(findExitCode(new Interruption(143))).toBe(143);
  });
});
