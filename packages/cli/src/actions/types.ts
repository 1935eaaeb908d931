// structure: the options of all commands are read together
import type { TimeUnit } from '@footlight/datasets';
import type { BackendName } from '@footlight/engine';
import type { TieRule } from '@footlight/metrics';
import type { CandidateRule, ColdRule, SeenRule } from '@footlight/trainer';

/** How a file of one's own is read. */
export interface ReadingOptions {
  /** A file with the test data, read in the same way. */
  readonly test?: string;
  readonly format?: 'csv' | 'tsv' | 'json-lines' | 'parquet' | 'lists' | 'sequences';
  readonly user?: string;
  readonly item?: string;
  /** Column with both ids. */
  readonly pair?: string;
  readonly pairSeparator?: string;
  readonly rating?: string;
  readonly time?: string;
  readonly times?: TimeUnit;
  readonly weight?: string;
  readonly separator?: string;
  /** Names of the columns, separated by commas. */
  readonly header?: string;
  readonly quotes?: 'true' | 'false';
  readonly encoding?: string;
  /** Longest line, in bytes. */
  readonly lineBytes?: number;
  /** How many times its size a compressed file may hold. */
  readonly expansion?: number;
  /** A file with dense features of the items. */
  readonly itemVectors?: string;
  /** The ids of the rows of that file, one per line, if it has none. */
  readonly itemVectorsIds?: string;
  /** Column, field or array of the ids in that file. */
  readonly itemVectorsId?: string;
  readonly itemVectorsMissing?: 'error' | 'zero' | 'mean';
  /** A table with features and titles of the items. */
  readonly itemFeatures?: string;
  /** Names of its columns that become features, separated by commas. */
  readonly itemFeaturesColumns?: string;
  /** Its column with the item ids. */
  readonly itemFeaturesId?: string;
  /** Its column with the titles. */
  readonly itemTitles?: string;
  /** A table with features of the users. */
  readonly userFeatures?: string;
  readonly userFeaturesColumns?: string;
  readonly userFeaturesId?: string;
}

/** What the command line says about a file of one's own. */
export interface TableExperimentOptions extends ReadingOptions {
  /** The file, or that with the training data. */
  readonly table: string;
  /** Components as typed: `name` or `name(option=value, …)`. */
  readonly model: string;
  readonly loss?: string;
  readonly split?: string;
  readonly filter?: readonly string[];
  readonly metric?: readonly string[];
  readonly ties?: TieRule;
  readonly seen?: SeenRule;
  readonly minimumRating?: number;
  readonly cold?: ColdRule;
  readonly candidates?: CandidateRule;
  /** A number of uniform negatives, or a sampler. */
  readonly negatives?: string;
  readonly dim?: number;
  readonly kCore?: number;
  readonly epochs: number;
  readonly batchSize: number;
  /** Default: that of `chooseTraining`. */
  readonly learningRate?: number;
  /** L2 penalty of the optimizer. Default: that of `chooseTraining`. */
  readonly l2?: number;
  /** Metric that ends training when it no longer improves on the validation part. */
  readonly stopEarly?: string;
  readonly refit?: true;
  readonly monitor?: 'validation' | 'test';
  readonly layout?: 'windows' | 'subsequences';
  /** Batches per pool within which windows are sorted by length. */
  readonly lengthPool?: number;
  readonly seed: number;
  /** Names of the options that were typed. */
  readonly given: readonly string[];
}

/** Options of `footlight run`. */
export interface RunOptions extends Omit<TableExperimentOptions, 'table'> {
  readonly table?: string;
  /** A file with the training data, in place of `table`. */
  readonly train?: string;
  /** Default: those of the project for learned models, else 1. */
  readonly seeds?: number;
  readonly backend?: BackendName;
  readonly data?: string;
  readonly resume?: true;
  readonly json?: true;
  readonly markdown?: true;
  readonly check?: true;
  readonly save?: string;
  /** Licence of the data, what the model is for, and its further limits, for its card. */
  readonly dataLicense?: string;
  readonly intendedUse?: readonly string[];
  readonly limits?: readonly string[];
  /** File that the state of training stays in. */
  readonly checkpoint?: string;
  /** File of the model or checkpoint that training starts from. */
  readonly from?: string;
  readonly experiments?: string;
  readonly results?: string;
}

/** Options of `footlight export`. */
export interface ExportOptions
  extends ReadingOptions,
    ExportModelOptions,
    Pick<TableExperimentOptions, 'filter' | 'minimumRating' | 'kCore' | 'split' | 'seed'> {
  readonly table?: string;
  /** A file with the training data, in place of `table`. */
  readonly train?: string;
  /** Folder that is written. */
  readonly output?: string;
  readonly as: 'npz' | 'csv' | 'parquet';
  /** Values of the matrices. */
  readonly values?: 'ones' | 'ratings' | 'weights';
}

/** How a saved model is written for other programs. */
export interface ExportModelOptions extends Pick<ArtifactOptions, 'backend' | 'experiment' | 'experiments'> {
  /** File for the model as ONNX. */
  readonly onnx?: string;
  /** Parquet file for the vectors of the items. */
  readonly vectors?: string;
  /** Parquet file for the vectors of the users. */
  readonly userVectors?: string;
  /** Address of PostgreSQL, for the vectors. */
  readonly pgvector?: string;
  readonly pgSchema?: string;
  /** What the names of the tables begin with. */
  readonly pgName?: string;
  /** Names of the options that were typed. */
  readonly given: readonly string[];
}

/** Options that `recommend` and `predict` share. */
export interface ArtifactOptions {
  readonly history?: string | undefined;
  readonly user?: string | undefined;
  /** Ratings of the items of the history, in their order. */
  readonly ratings?: string;
  /** Whether predictions are limited to the scale. */
  readonly clip?: true;
  /** Users or pairs that the model does not know are left out. */
  readonly skipUnknown?: true;
  /** File that lists or predictions of many users are written to. */
  readonly output?: string;
  readonly backend?: BackendName;
  /** Name or file of the experiment that the model comes from. */
  readonly experiment?: string;
  readonly experiments?: string;
}

export interface RecommendOptions extends ArtifactOptions {
  readonly exclude?: string;
  readonly count: number;
  readonly json?: true;
  /** File with one user id per line. */
  readonly usersFile?: string;
}

export interface RecommendAllOptions extends Pick<ArtifactOptions, 'backend' | 'experiment' | 'experiments'> {
  readonly count: number;
  readonly output: string;
  /** Titles or ids of items that are left out. */
  readonly exclude?: string;
  readonly clip?: true;
}

export interface ServeOptions extends Pick<ArtifactOptions, 'backend' | 'experiment' | 'experiments'> {
  readonly port: number;
  readonly host: string;
  /** Percentages of the models, separated by commas. */
  readonly share?: string;
  readonly watch?: true;
  readonly cors?: readonly string[];
  /** Address of Redis, for sessions. */
  readonly redis?: string;
  readonly dataLicense?: string;
  readonly maxCount?: number;
  readonly maxBytes?: number;
  readonly concurrency?: number;
  /** Seconds. */
  readonly timeout?: number;
  /** Whether requests are not logged. */
  readonly quiet?: true;
}

export interface PredictOptions extends ArtifactOptions {
  readonly item?: string;
  /** CSV file with a user and an item per line. */
  readonly pairs?: string;
  /** Columns of users and items in that file. Default: the first two. */
  readonly columns?: string;
}

/** Options of `footlight summary`. */
export interface SummaryOptions extends Pick<ArtifactOptions, 'backend' | 'experiment' | 'experiments'> {
  /** A model as typed. */
  readonly model?: string;
  readonly users?: number;
  readonly items?: number;
  readonly dim?: number;
  readonly data?: string;
  readonly json?: true;
  readonly markdown?: true;
}
