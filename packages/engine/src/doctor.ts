import { execFile } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { type Attempt, backendNames, tryBackend, useBackend } from './use-backend.js';

/** What this machine offers, for a table or a bug report. */
export interface Diagnosis {
  readonly backends: readonly Attempt[];
  /** The backend that `useBackend()` takes. */
  readonly chosen: string;
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly cpu: string;
    readonly threads: number;
    readonly memoryBytes: number;
    /** First line of the C++ compiler's version; absent where there is none. */
    readonly compiler?: string;
  };
  readonly versions: Readonly<Record<string, string>>;
}

/** Tries every backend and says why those fail that do. Leaves the best one in use. */
export async function doctor(): Promise<Diagnosis> {
  const backends: Attempt[] = [];
  for (const name of backendNames) backends.push(await tryBackend(name));
  const { name: chosen } = await useBackend();
  const processors = cpus();
  const compiler = await compilerVersion();
  return {
    backends,
    chosen,
    machine: {
      node: process.version,
      platform: `${process.platform} ${process.arch}`,
      cpu: processors[0]?.model.trim() ?? 'unknown',
      threads: processors.length,
      memoryBytes: totalmem(),
      ...(compiler === undefined ? {} : { compiler }),
    },
    versions: { '@tensorflow/tfjs': tf.version.tfjs },
  };
}

async function compilerVersion(): Promise<string | undefined> {
  const command = process.env.CXX ?? (process.platform === 'darwin' ? 'clang++' : 'g++');
  try {
    const { stdout } = await promisify(execFile)(command, ['--version']);
    return stdout.split('\n')[0];
  } catch {
    return undefined;
  }
}
