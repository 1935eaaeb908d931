/**
 * What a worker runs: text, so that bundlers need not know of a file. It gets the compiled module, the memory, its
 * number and the top of its stack, and returns when the threads end. Who starts the worker adds how it gets that.
 */
export const workerSource = `
const serve = ({ module, memory, thread, stack }, tell) => {
  const fail = () => { throw new Error('a worker waits for no others'); };
  const env = { memory, clock: () => performance.now(), isAlive: () => 1, fail };
  const { exports } = new WebAssembly.Instance(module, { env });
  exports.__stack_pointer.value = stack;
  tell('ready');
  for (;;)
    try {
      return exports.serve(thread);
    } catch { // its piece trapped
      exports.__stack_pointer.value = stack;
      exports.abandon_piece();
    }
};
`;
