/** A study, as the report shows it: what `createStudy` and `readStudies` of `@footlight/studies` return is one. */
export interface StudyContent {
  readonly name: string;
  /** Per objective value, whether small or large ones are good. */
  readonly directions: readonly ('minimize' | 'maximize')[];
  /** By number, from 0. */
  readonly trials: readonly StudyTrial[];
  /** A search of experiments stores its metric here, in `footlight:search`. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  /** Optuna stores the names of the objective values here, in `study:metric_names`. */
  readonly systemAttributes?: Readonly<Record<string, unknown>>;
}

/** What a study says as a whole, computed by `@footlight/studies`. Figures of what is absent are left out. */
export interface StudyAnalysis {
  /** Shares of the parameters in each objective: `computeImportance(study, { objective })`. */
  readonly importance?: readonly Readonly<Record<string, number>>[] | undefined;
  /** Numbers of the trials of the Pareto front, in a study with several directions. */
  readonly front?: readonly number[] | undefined;
}

/** A trial of a study. */
export interface StudyTrial {
  readonly number: number;
  readonly state: 'running' | 'complete' | 'pruned' | 'failed' | 'waiting';
  readonly params: Readonly<Record<string, StudyParameter>>;
  readonly distributions: Readonly<Record<string, StudyDistribution>>;
  /** Objective values, one per direction; of a pruned trial its last report. */
  readonly values?: readonly number[] | undefined;
  /** Reported values by step. */
  readonly intermediate: ReadonlyMap<number, number>;
  /** A search of experiments stores here, in `reason`, why a trial failed. */
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly systemAttributes: Readonly<Record<string, unknown>>;
  readonly started?: Date | undefined;
  readonly completed?: Date | undefined;
}

/** Value of a parameter. */
export type StudyParameter = number | string | boolean | null;

/** Range or choices of a parameter in one trial. */
export type StudyDistribution =
  | { readonly kind: 'float' | 'integer'; readonly low: number; readonly high: number; readonly log: boolean }
  | { readonly kind: 'categorical'; readonly choices: readonly StudyParameter[] };
