import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { handleSignals } from './handle-signals.js';

describe('handleSignals', () => {
  function start() {
    const exits: number[] = [];
    const ended = Object.assign(new EventEmitter(), { exit: (code: number) => exits.push(code) });
    const clock = { now: 1000 };
    return { ended, exits, clock, signal: handleSignals(ended, () => clock.now) };
  }

  it.each([
    ['SIGHUP', 129],
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ])('interrupts at %s with the exit code %i', (name, exitCode) => {
    const { ended, signal } = start();
    expect(signal.aborted).toBe(false);
    ended.emit(name);
    expect(signal.reason).toMatchObject({ exitCode, message: 'Interrupted.' });
  });

  it('counts what one Ctrl-C sends in a row once, and ends at once at the next', () => {
    const { ended, exits, clock, signal } = start();
    ended.emit('SIGINT');
    clock.now += 499;
    ended.emit('SIGINT');
    expect(exits).toEqual([]);
    clock.now += 1;
    ended.emit('SIGTERM');
    expect(exits).toEqual([143]);
    expect(signal.reason).toMatchObject({ exitCode: 130 });
  });
});
