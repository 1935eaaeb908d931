import { multiply } from './kernels.fixture.js';

if (typeof document === 'undefined')
  addEventListener('message', ({ data }) => {
    multiply(data).then(
      (result) => postMessage(result),
      ({ message }) => postMessage(message),
    );
  });
else {
  const multiplyInWorker = (options: { readonly threads?: number }): Promise<unknown> =>
    new Promise((resolve) => {
      const worker = new Worker('page.js', { type: 'module' });
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => resolve(message);
      worker.postMessage(options);
    });
  Object.assign(globalThis, { multiply, multiplyInWorker });
}
