/** Whether a number is in the range of an option. */
type Range = (value: number) => boolean;

/** Ranges of numeric options. */
export declare const ranges: Readonly<
  Record<
    'positiveInteger' | 'integerFromZero' | 'integer' | 'positive' | 'fromZero' | 'fraction' | 'rate' | 'finite',
    Range
  >
>;

export interface NumericOptions {
  /** The range of each option, e.g. `ndcg(at)`, and a call with a value of it. */
  readonly cases: Readonly<Record<string, readonly [range: Range, call: (value: number) => unknown]>>;
  /** Why other numbers are no options. */
  readonly exempt?: Readonly<Record<string, string>>;
  /** Exported interfaces whose methods have numeric options. Default none. */
  readonly interfaces?: readonly string[];
}

/**
 * Walks over every numeric option of the exported functions of a package: each refuses 0, −1, 0.5, NaN, Infinity, the
 * text '3' and 2⁵³, as far as they are outside its range, with an error that names the option, what was expected and
 * what was received. An option that is neither in `cases` nor in `exempt` fails.
 *
 * @param index the path of the package's `index.ts`
 */
export declare function describeNumericOptions(index: string, options: NumericOptions): void;
