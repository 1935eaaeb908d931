/** A number that a write-up prints, and where it is measured again. */
export interface PublishedCell {
  /** Which number it is: row and column of the write-up. */
  readonly cell: string;
  /** The experiment that measures it; its `published` value is the number, unless `value` is. */
  readonly experiment?: string;
  /** Metric of the experiment. */
  readonly metric?: string;
  /** Part that it is measured on. Default `test`. */
  readonly part?: 'validation' | 'test';
  /** As printed, if it is no published value of an experiment. */
  readonly value?: string;
  /** `at least`: the write-up prints a bound. Default `equal`. */
  readonly bound?: 'equal' | 'at least';
  /** The number is the number of interactions of this part, or of users or items. */
  readonly size?: 'train' | 'test' | 'users' | 'items';
  /** The number is the mean training loss of this epoch. */
  readonly loss?: 'first' | 'last';
  /** The number is that of the parameters of the model of the experiment, for so many users and items. */
  readonly parameters?: { readonly users: number; readonly items: number };
  /** What a measurement needs that was not at hand. Absent: nothing. */
  readonly needs?: string;
}
