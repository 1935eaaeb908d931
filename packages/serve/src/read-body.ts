import type { HonoRequest } from 'hono';
import { ServiceError } from './service-error.js';

/**
 * Reads a body of JSON.
 *
 * @throws {ServiceError} `wrong-type`, `too-large`, `invalid-request`
 */
export async function readBody(request: HonoRequest, bytes: number): Promise<unknown> {
  const type = request.header('content-type') ?? 'none';
  if (!/^application\/json\s*(;|$)/i.test(type))
    throw new ServiceError(415, 'wrong-type', `content-type: expected application/json, received ${type}.`);
  const text = await readText(request, bytes);
  try {
    return JSON.parse(text);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ServiceError(400, 'invalid-request', `body: expected JSON, received a text that is none (${reason}).`);
  }
}

/** A body whose length is announced is as long as that; others are counted while they are read. */
async function readText(request: HonoRequest, bytes: number): Promise<string> {
  const announced = request.header('content-length');
  if (announced !== undefined && request.header('transfer-encoding') === undefined) {
    if (!(Number(announced) <= bytes)) failTooLarge(bytes);
    return request.text();
  }
  const decoder = new TextDecoder();
  let text = '';
  let length = 0;
  const reader = request.raw.body?.getReader();
  for (let chunk = await reader?.read(); chunk?.value; chunk = await reader?.read()) {
    length += chunk.value.byteLength;
    if (length > bytes) {
      await reader!.cancel();
      failTooLarge(bytes);
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

function failTooLarge(bytes: number): never {
  throw new ServiceError(
    413,
    'too-large',
    `body: expected at most ${bytes} bytes, received more. Send less at a time.`,
  );
}
