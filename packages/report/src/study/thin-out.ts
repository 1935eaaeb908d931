/** Chooses at most `limit` of the items, which are best first: the best half of them, and others at equal distances. */
export function thinOut<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  const first = Math.floor(limit / 2);
  const others = items.slice(first);
  return [...items.slice(0, first), ...selectEvenly(others, limit - first)];
}

/** Chooses at most `limit` of the items at equal distances, the first and the last among them. */
export function selectEvenly<T>(items: readonly T[], limit: number): readonly T[] {
  if (items.length <= limit) return items;
  return Array.from(
    { length: limit },
    (_, at) => items[Math.round((at * (items.length - 1)) / Math.max(1, limit - 1))]!,
  );
}

/** The sentence on a selection by `thinOut`; empty where everything is shown. */
export function describeSelection(shown: number, all: number, what: string): string[] {
  return shown === all
    ? []
    : [`Shown are ${shown} of ${all} ${what}: the best ones, and an even selection of the others.`];
}
