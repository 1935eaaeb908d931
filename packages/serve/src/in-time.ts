import { ServiceError } from './service-error.js';

/** The error of a body that does not arrive. */
export const tooSlow = (): ServiceError =>
  new ServiceError(408, 'too-slow', 'body: expected all of it in time, received only a part. Send it faster.');
/** The error of an answer that is late. */
export const timeout = (): ServiceError =>
  new ServiceError(504, 'timeout', 'The service found no answer in time. Try again later, or ask for less.');

/** Waits for work until a deadline, in the milliseconds of `Date.now()`. */
export async function inTime<T>(working: Promise<T>, deadline: number, createError: () => ServiceError): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(createError()), Math.max(0, deadline - Date.now()));
  });
  try {
    return await Promise.race([working, late]);
  } finally {
    clearTimeout(timer);
  }
}
