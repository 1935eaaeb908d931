import type { Contest } from './contest.js';
import type { MemoryStanding } from './memory.js';
import type { Occasion } from './occasion.js';
import type { Dated, EngineReport, Standing } from './page.js';
import type { Sweep } from './scaling.js';

/** A report as it lies in a file: those of before did not say of each part when it was measured, and then it was when the whole was. */
export interface WrittenReport extends Occasion {
  readonly standings: readonly Undated<Standing>[];
  readonly scaling: readonly Undated<Sweep>[];
  readonly memory?: readonly Undated<MemoryStanding>[];
}

type Undated<Part> = Part & { readonly occasion?: Occasion };

type Parts = Pick<EngineReport, 'standings' | 'scaling' | 'memory'>;

/** All parts with the occasion that they were measured on. */
export function dated({ standings, scaling, memory = [], ...whole }: WrittenReport): Parts {
  const { command, date, turns, backend, threads, machine, load } = whole;
  const occasion = { command, date, turns, backend, threads, machine, load };
  const withOccasion = <Part extends object>(part: Undated<Part>): Dated<Part> => ({ occasion, ...part });
  return {
    standings: standings.map(withOccasion),
    scaling: scaling.map(withOccasion),
    memory: memory.map(withOccasion),
  };
}

/** What is new, and of what was kept the rest. */
export function merged(kept: Parts, fresh: Parts): Parts {
  return {
    standings: kept.standings.map((standing) => fresh.standings.find((own) => isSame(own, standing)) ?? standing),
    scaling: fresh.scaling.length > 0 ? fresh.scaling : kept.scaling,
    memory: fresh.memory.length > 0 ? fresh.memory : kept.memory,
  };
}

export function isSame(one: Pick<Contest, 'group' | 'name'>, other: Pick<Contest, 'group' | 'name'>): boolean {
  return one.group === other.group && one.name === other.name;
}
