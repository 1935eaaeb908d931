import type { BackendName } from '@footlight/engine';
import type { ProjectOptions } from '../project/find-project.js';

/** Options of all commands of `footlight study`. */
export interface StudyOptions extends ProjectOptions {
  /** File of the log, or address of its Redis server. */
  readonly storage?: string;
}

export interface StudyTableOptions extends StudyOptions {
  readonly csv?: true;
  readonly json?: true;
  readonly markdown?: true;
}

export interface StudyWorkOptions extends ProjectOptions {
  /** Address of the Redis server. */
  readonly storage: string;
  readonly backend?: BackendName;
  readonly data?: string;
}

export interface StudyManifestOptions extends ProjectOptions {
  readonly kubernetes?: true;
  readonly slurm?: true;
  readonly workers: number;
  /** Address of the Redis server. */
  readonly storage?: string;
  /** Name of the job. */
  readonly name?: string;
  readonly image: string;
  /** Kubernetes Secret of the password. */
  readonly secret: string;
  readonly cpus: number;
  /** GiB per worker. */
  readonly memory: number;
  readonly backend?: BackendName;
  readonly data?: string;
}

export interface StudyRunOptions extends StudyOptions {
  readonly name?: string;
  /** Trials of the study in all. */
  readonly trials?: number;
  /** Trials of this command. */
  readonly more?: number;
  readonly seconds?: number;
  readonly sampler?: string;
  readonly pruner?: string;
  readonly seed?: number;
  /** Number of processes. */
  readonly workers?: number;
  /** Id of this process, which another one has started. */
  readonly worker?: string;
  readonly resume?: true;
  readonly acceptChanges?: true;
  readonly backend?: BackendName;
  readonly data?: string;
}

export interface StudyRetrainOptions extends StudyOptions {
  readonly name?: string;
  readonly seeds: number;
  readonly resume?: true;
  readonly backend?: BackendName;
  readonly data?: string;
  readonly markdown?: true;
}
