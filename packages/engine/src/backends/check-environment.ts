import { invalid } from '@footlight/core';

const instructionSets = ['portable', 'avx2', 'avx512'];
const maximumThreads = 256;

/**
 * Checks the environment variables that the kernels read, which take values that they cannot read for none.
 *
 * @throws {RecsysError} `invalid-argument`
 */
export function checkEnvironment(): void {
  const { FOOTLIGHT_THREADS: threads = '', FOOTLIGHT_INSTRUCTIONS: instructions = '' } = process.env;
  const count = Number(threads);
  if (threads !== '' && !(/^\d+$/.test(threads) && count >= 1 && count <= maximumThreads))
    invalid('FOOTLIGHT_THREADS', `an integer from 1 to ${maximumThreads}`, threads, 'Correct or unset it.');
  if (instructions !== '' && !instructionSets.includes(instructions))
    invalid('FOOTLIGHT_INSTRUCTIONS', `one of ${instructionSets.join(', ')}`, instructions, 'Correct or unset it.');
}
