import { execFile } from 'node:child_process';
import { cpus, totalmem } from 'node:os';
import { promisify } from 'node:util';
import type { Machine } from './machine.js';

/** Describes the machine, and the compiler of C++ on it. */
export async function describeMachine(): Promise<Machine> {
  const processors = cpus();
  const compiler = await readCompilerVersion();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpu: processors[0]?.model.trim() ?? 'unknown',
    threads: processors.length,
    memoryBytes: totalmem(),
    ...(compiler === undefined ? {} : { compiler }),
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
