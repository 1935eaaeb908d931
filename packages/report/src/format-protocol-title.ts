import type { Json } from '@footlight/core';
import type { Protocol } from '@footlight/trainer';

/** What rows of one protocol share, in words. */
export function formatProtocolTitle({ dataset, filters, split }: Protocol): string {
  return [dataset.name, ...filters.map(({ name }) => name), formatSplitTitle(split)].join(' · ');
}

/** The name of a split, and what it is a split of: `last of windows of by-user`. */
function formatSplitTitle({
  name,
  split,
  of,
  faithful,
  ...rest
}: {
  readonly [key: string]: Json | undefined;
}): string {
  const inner = split ?? of;
  const title = name === 'window-targets' ? `${formatTargets(rest.targets)} of windows` : String(name);
  const faults = Array.isArray(faithful) ? ` (faithful: ${faithful.join(', ')})` : '';
  return `${title}${faults}${isObject(inner) ? ` of ${formatSplitTitle(inner)}` : ''}`;
}

function formatTargets(targets: Json | undefined): string {
  return isObject(targets) ? `last ${String(targets.last)}` : String(targets);
}

function isObject(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
