import { execFile } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { type Attempt, backendNames, tryBackend, useBackend } from './use-backend.js';

/** Backends, hardware and versions of this machine, for a table or a bug report. */
export interface Diagnosis {
  readonly backends: readonly Attempt[];
  /** The backend that `useBackend()` starts. */
  readonly chosen: string;
  readonly machine: {
    readonly node: string;
    readonly platform: string;
    readonly cpu: string;
    readonly threads: number;
    readonly memoryBytes: number;
    /** First line of the C++ compiler's version; absent if there is no compiler. */
    readonly compiler?: string;
  };
  readonly versions: Readonly<Record<string, string>>;
}

/** Diagnoses the backends: tries each one and explains why it fails. Leaves the best one in use. */
export async function doctor(): Promise<Diagnosis> {
  const backends: Attempt[] = [];
  for (const name of backendNames) backends.push(await tryBackend(name));
  const { name: chosen } = await useBackend();
  const processors = cpus();
  const compiler = await readCompilerVersion();
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

async function readCompilerVersion(): Promise<string | undefined> {
  const command = process.env.CXX ?? (process.platform === 'darwin' ? 'clang++' : 'g++');
  try {
    const { stdout } = await promisify(execFile)(command, ['--version']);
    return stdout.split('\n')[0];
  } catch {
    return undefined;
  }
}
