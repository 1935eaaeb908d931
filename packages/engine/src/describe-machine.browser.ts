import type { Machine } from './machine.js';

/** Describes the browser as it describes itself. */
export async function describeMachine(): Promise<Machine> {
  return { platform: navigator.userAgent, cpu: 'unknown', threads: navigator.hardwareConcurrency };
}
