import type { BackendName } from '@footlight/engine';
import type { TieRule } from '@footlight/metrics';

/** What the command line says about a file of one's own. */
export interface TableExperimentOptions {
  readonly table: string;
  readonly user?: string;
  readonly item?: string;
  readonly rating?: string;
  readonly time?: string;
  readonly times?: 'seconds' | 'milliseconds' | 'date';
  /** Components as typed: `name` or `name(option=value, …)`. */
  readonly model: string;
  readonly loss?: string;
  readonly split?: string;
  readonly filter?: readonly string[];
  readonly metric?: readonly string[];
  readonly ties?: TieRule;
  /** A number of uniform negatives, or a sampler. */
  readonly negatives?: string;
  readonly dim?: number;
  readonly kCore?: number;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  readonly seed: number;
  /** Names of the options that were typed. */
  readonly given: readonly string[];
}

/** Options of `footlight run`. */
export interface RunOptions extends Omit<TableExperimentOptions, 'table'> {
  readonly table?: string;
  /** Default: those of the project for learned models, else 1. */
  readonly seeds?: number;
  readonly backend?: BackendName;
  readonly data?: string;
  readonly resume?: true;
  readonly json?: true;
  readonly markdown?: true;
  readonly check?: true;
  readonly save?: string;
  readonly experiments?: string;
  readonly results?: string;
}

/** Options that `recommend` and `predict` share. */
export interface ArtifactOptions {
  readonly history?: string | undefined;
  readonly user?: string | undefined;
  readonly backend?: BackendName;
  /** Name or file of the experiment that the model comes from. */
  readonly experiment?: string;
  readonly experiments?: string;
}

export interface RecommendOptions extends ArtifactOptions {
  readonly exclude?: string;
  readonly count: number;
  readonly json?: true;
}
