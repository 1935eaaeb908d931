/** Kinds of components that can be named on the command line. */
export type Kind =
  | 'model'
  | 'loss'
  | 'split'
  | 'filter'
  | 'negatives'
  | 'metric'
  /** Vectors of users or items, an option of many models. */
  | 'embedding'
  /** A scale of ratings, an option of rating metrics. */
  | 'scale'
  /** Proposes the parameters of a study's trials. */
  | 'sampler'
  /** Stops unpromising trials of a study. */
  | 'pruner';

/** What may stand after `option=`: plain values, words of a list (`choice`), lists, or a component of another kind. */
export type OptionType = 'integer' | 'number' | 'boolean' | 'choice' | 'numbers' | 'words' | 'value' | Kind;

export interface OptionEntry {
  readonly name: string;
  readonly type: OptionType;
  /** What it does, with its unit or range. */
  readonly meaning: string;
  /** Shown in help. Absent: it has to be given. */
  readonly default?: string;
  /** Passed when the option is not given, where the package itself has no default. */
  readonly preset?: number;
  /** Words that `choice` and `words` accept. */
  readonly choices?: readonly string[];
  /** Whether the component takes it as its first argument instead of a field of its options. */
  readonly first?: true;
  /** Field of the component's protocol that holds it, if that has another name. */
  readonly stored?: string;
}

/** A component with its name on the command line, its export, and what people need to know to choose it. */
export interface ComponentEntry {
  /** On the command line. */
  readonly name: string;
  /** Name of the function in its package. */
  readonly exported: string;
  /** Established name and what it does, in one line. */
  readonly summary: string;
  readonly options: readonly OptionEntry[];
  /** Name in protocols, if it is another one. */
  readonly stored?: string;
  /** Columns that the file must have besides users and items. */
  readonly needs?: 'ratings' | 'times';
}

export interface ModelEntry extends ComponentEntry {
  readonly kind: 'representation' | 'solver';
  /** What it reads of a user. */
  readonly reads: 'user' | 'history' | 'basket';
  /** Name of the loss that it is trained with if none is given. */
  readonly loss?: string;
  /** Options that `--dim` sets. */
  readonly dimOptions: readonly string[];
  /** Options that a rating loss calls for, unless others are given. */
  readonly ratingOptions?: Readonly<Record<string, boolean>>;
}

export interface LossEntry extends ComponentEntry {
  readonly kind: 'ranking' | 'catalogue' | 'rating';
}

/** `option('dim', 'integer', 'length of the vectors', { preset: 64 })` */
export function option(
  name: string,
  type: OptionType,
  meaning: string,
  more: Omit<Partial<OptionEntry>, 'name' | 'type' | 'meaning'> = {},
): OptionEntry {
  return { name, type, meaning, ...(more.preset === undefined ? {} : { default: String(more.preset) }), ...more };
}
