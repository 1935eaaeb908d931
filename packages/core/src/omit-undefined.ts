/** The type `T` in which every property that may be undefined is optional instead. */
export type OmitUndefined<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};

/**
 * Copies an object without its undefined properties.
 *
 * It serves types that distinguish an absent property from an undefined one, and canonical JSON.
 *
 * @example
 * omitUndefined({ name: 'adam', decay: undefined }) // { name: 'adam' }
 */
export function omitUndefined<const T extends object>(object: T): OmitUndefined<T> {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as OmitUndefined<T>;
}
