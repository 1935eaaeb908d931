/**
 * What a worker runs: text, so that neither bundlers nor a content security policy need to know of a file. It gets the
 * compiled module, the memory, its number and the top of its stack; `serve` returns when the threads end.
 */
export const workerSource = `
const serve = ({ module, memory, thread, stack }, tell) => {
  const fail = () => { throw new Error('a worker waits for no others'); };
  const { exports } = new WebAssembly.Instance(module, { env: { memory, clock: () => performance.now(), fail } });
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
if (typeof require === 'function') {
  const { parentPort, workerData } = require('node:worker_threads');
  serve(workerData, (message) => parentPort.postMessage(message));
} else
  onmessage = ({ data }) => {
    serve(data, (message) => postMessage(message));
    close();
  };
`;
