import { acceptOptions } from '../named-options.js';
import { signatures } from '../signatures.js';
import { Arguments } from './arguments.js';
import { createBilinearKernels } from './bilinear.js';
import { Call } from './call.js';
import { ModuleMemory } from './module-memory.js';

const reductions = ['sum', 'max', 'min', 'prod'];
const mostZeros = 2 ** 36;

/**
 * Creates the kernels over a runtime (see `runtime.js`): they check arguments, copy what is not in its memory, and call
 * the module.
 *
 * @returns {import('../index.js').Kernels}
 */
export function createKernels(runtime) {
  const { exports, threads } = runtime;
  const moduleMemory = new ModuleMemory(runtime);
  const args = new Arguments(moduleMemory, exports);
  const names = Object.fromEntries(
    ['unary', 'binary', 'compare'].map((kind, at) => [kind, readNames(moduleMemory, exports.elementwiseNames(at))]),
  );
  const context = { args, exports, codes: { ...names, reduce: reductions } };

  const kernels = {
    threads: () => threads,
    zeros(length) {
      args.begin('zeros');
      return moduleMemory.allocateFloats(args.integer(length, 'length', 0, mostZeros)).fill(0);
    },
    elementwiseNames: () => ({
      unary: [...names.unary],
      binary: [...names.binary],
      compare: [...names.compare],
    }),
    reductionNames: () => [...reductions],
    ...createBilinearKernels(args, moduleMemory, exports),
  };
  for (const [op, signature] of Object.entries(signatures)) {
    const call = new Call(op, signature, context);
    const kernel = exports[op];
    kernels[op] = (...given) => args.finish(moduleMemory.run(kernel, call.check(given)));
  }
  return acceptOptions(kernels);
}

function readNames(moduleMemory, address) {
  const most = 1024;
  const text = String.fromCharCode(...moduleMemory.view('Uint8Array', address, most));
  return text.slice(0, text.indexOf('\0')).split(' ');
}
