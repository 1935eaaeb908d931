import { existsSync, readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';

/** The machine that measured a result. */
export interface Machine {
  readonly processor: string;
  /** Widest instruction set that Footlight's kernels use on it; absent where it is unknown. */
  readonly instructions?: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  /** Version of Node. */
  readonly node: string;
}

/** Reads the description of this machine. */
export function readMachine(): Machine {
  const instructions = existsSync('/proc/cpuinfo')
    ? detectInstructions(readFileSync('/proc/cpuinfo', 'utf8'))
    : undefined;
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    ...(instructions !== undefined && { instructions }),
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
  };
}

/**
 * Detects the instruction set that the kernels choose.
 *
 * @param cpuInfo text of `/proc/cpuinfo`
 * @param limit `FOOTLIGHT_INSTRUCTIONS`, which limits the choice
 * @returns undefined where `cpuInfo` lists no flags, e.g. on ARM
 */
export function detectInstructions(
  cpuInfo: string,
  limit: string | undefined = process.env.FOOTLIGHT_INSTRUCTIONS,
): string | undefined {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(cpuInfo)?.[1]?.trim().split(/\s+/));
  const hasAll = (...names: string[]) => names.every((name) => flags.has(name));
  if (flags.size === 0) return undefined;
  if (limit === 'portable' || !hasAll('avx2', 'fma')) return 'SSE2';
  if (limit === 'avx2' || !hasAll('avx512f', 'avx512vl', 'avx512dq', 'avx512bw')) return 'AVX2';
  return hasAll('avx512_bf16') ? 'AVX-512 and its bf16' : 'AVX-512';
}

/** Formats a machine as one line. */
export function formatMachine({ processor, instructions, cores, memoryBytes, system, node }: Machine): string {
  const name = instructions === undefined ? processor : `${processor} with ${instructions}`;
  const memory = (memoryBytes / 2 ** 30).toFixed(0);
  return `${name}, ${cores} cores, ${memory} GiB, ${system}, Node ${node}`;
}
