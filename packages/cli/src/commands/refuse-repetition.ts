import type { Command } from 'commander';
import { collect } from './arguments.js';

/** Has a command refuse options that take one value and are given twice, of which the last would count in silence. */
export function refuseRepetition(command: Command): void {
  for (const option of command.options) {
    if (!(option.required || option.optional) || option.parseArg === collect) continue;
    let isGiven = false;
    command.on(`option:${option.name()}`, () => {
      if (isGiven) command.error(`error: option '${option.flags}' is given twice. Give it once.`);
      isGiven = true;
    });
  }
}
