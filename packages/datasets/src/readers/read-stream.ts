import { yieldWhenDue } from '@footlight/core';

/** Reads the chunks of a stream, with turns for others between them. Not every browser iterates over streams itself. */
export async function* readStream(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader();
  let isWhole = false;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      yield value;
      await yieldWhenDue();
    }
    isWhole = true;
  } finally {
    if (!isWhole) await reader.cancel().catch(() => {}); // the error that ended it is thrown already
  }
}
