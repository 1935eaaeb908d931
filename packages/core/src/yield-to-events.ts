/**
 * Lets the event loop run once, so that signals, timers, input and painting have their turn during long work.
 *
 * Timers would do too, but browsers delay them: by 4 ms, and by a second in pages in the background.
 */
export function yieldToEvents(): Promise<void> {
  if (typeof setImmediate === 'function') return new Promise((resolve) => void setImmediate(resolve));
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
