/** Whether this is the thread of a web page, which should answer its user within 50 ms. Workers and Node are not. */
export const isPage: boolean = typeof document !== 'undefined';

/** Milliseconds of work after which other work may run. */
export const yieldInterval: number = isPage ? 20 : 100;

/** When other work had its turn. */
let lastTurn = Number.NEGATIVE_INFINITY;

/**
 * Lets the event loop run once, so that signals, timers, input and painting have their turn during long work.
 *
 * Timers would do too, but browsers delay them: by 4 ms, and by a second in pages in the background.
 */
export async function yieldToEvents(): Promise<void> {
  await waitForTurn();
  lastTurn = performance.now(); // what ran meanwhile does not count
}

/** Lets the event loop run once, if it has not for 100 ms; on a web page for 20 ms. */
export async function yieldWhenDue(): Promise<void> {
  if (performance.now() - lastTurn >= yieldInterval) await yieldToEvents();
}

function waitForTurn(): Promise<void> {
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

/** Runs the pieces of a computation, with a turn for others between them where one is due. @returns its result */
export async function runInPieces<Result>(pieces: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
    await yieldWhenDue();
  }
}

/** Runs the pieces of a computation at once. @returns its result */
export function runAtOnce<Result>(pieces: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = pieces.next();
    if (done) return value;
  }
}
