import { existsSync, readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';

/** Where something was measured. */
export interface Machine {
  readonly processor: string;
  /** The widest instructions that our kernels use on it: they say more than its name. Absent where that is unknown. */
  readonly instructions?: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly system: string;
  readonly node: string;
}

export function thisMachine(): Machine {
  const instructions = existsSync('/proc/cpuinfo') ? instructionsOf(readFileSync('/proc/cpuinfo', 'utf8')) : undefined;
  return {
    processor: cpus()[0]?.model ?? 'unknown',
    ...(instructions !== undefined && { instructions }),
    cores: cpus().length,
    memoryBytes: totalmem(),
    system: `${type()} ${release()}`,
    node: process.version,
  };
}

/** As the kernels choose among what Linux lists, and among what they are told to. @returns none where it lists nothing, as on ARM */
export function instructionsOf(
  listed: string,
  asked: string | undefined = process.env.FOOTLIGHT_INSTRUCTIONS,
): string | undefined {
  const flags = new Set(/^flags\s*:(.*)$/m.exec(listed)?.[1]?.trim().split(/\s+/));
  const all = (...names: string[]) => names.every((name) => flags.has(name));
  if (flags.size === 0) return undefined;
  if (asked === 'portable' || !all('avx2', 'fma')) return 'SSE2';
  if (asked === 'avx2' || !all('avx512f', 'avx512vl', 'avx512dq', 'avx512bw')) return 'AVX2';
  return all('avx512_bf16') ? 'AVX-512 and its bf16' : 'AVX-512';
}

/** One line for a page. */
export function describeMachine({ processor, instructions, cores, memoryBytes, system, node }: Machine): string {
  return `${processor}${instructions === undefined ? '' : ` with ${instructions}`}, ${cores} cores, ${(memoryBytes / 2 ** 30).toFixed(0)} GiB, ${system}, Node ${node}`;
}
