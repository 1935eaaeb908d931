import type { Json } from '@footlight/core';
import type { Protocol } from '@footlight/trainer';

/**
 * Formats the title of a protocol: dataset, filters and split, e.g. `movielens-1m · by-user, last item of each window`.
 */
export function formatProtocolTitle({ dataset, filters, split }: Protocol): string {
  return [dataset.name, ...filters.map(({ name }) => name), formatSplitTitle(split)].join(' · ');
}

/** The name of a split; splits around another one are described after its name. */
function formatSplitTitle({
  name,
  split,
  of,
  faithful,
  ...rest
}: {
  readonly [key: string]: Json | undefined;
}): string {
  if (name === 'window-targets' && isObject(split))
    return `${formatSplitTitle(split)}, ${formatTargets(rest.targets)} of each window`;
  if (name === 'on-training-data' && isObject(of)) return `${formatSplitTitle(of)}, evaluated on its training data`;
  if (name === 'with-validation' && isObject(split) && isObject(rest.validation))
    return `${formatSplitTitle(split)}, validated by ${formatSplitTitle(rest.validation)} of its training data`;
  return Array.isArray(faithful) ? `${name} (faithful: ${faithful.join(', ')})` : String(name);
}

/** Which items of a window are test items. */
function formatTargets(targets: Json | undefined): string {
  return isObject(targets) ? `last ${targets.last} items` : `${targets} item`;
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
