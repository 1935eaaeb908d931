import type { Json } from '@footlight/core';
import type { Protocol } from '@footlight/trainer';

/** What rows of one protocol share, in words. */
export function formatProtocolTitle({ dataset, filters, split }: Protocol): string {
  return [dataset.name, ...filters.map(({ name }) => name), splitTitle(split)].join(' · ');
}

/** The name of a split, and what it is a split of: `last of windows of by-user`. */
function splitTitle({ name, split, of, faithful, ...rest }: { readonly [key: string]: Json | undefined }): string {
  const inner = split ?? of;
  const title = name === 'window-targets' ? `${targetsOf(rest.targets)} of windows` : String(name);
  const faults = Array.isArray(faithful) ? ` (faithful: ${faithful.join(', ')})` : '';
  return `${title}${faults}${isPart(inner) ? ` of ${splitTitle(inner)}` : ''}`;
}

function targetsOf(targets: Json | undefined): string {
  return isPart(targets) ? `last ${String(targets.last)}` : String(targets);
}

function isPart(value: Json | undefined): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
