import { RecsysError } from '@footlight/core';
import type { Filter, Negatives, RatingScale, Split } from '@footlight/datasets';
import type { EmbeddingFactory } from '@footlight/layers';
import type { Loss } from '@footlight/losses';
import type { Metric } from '@footlight/metrics';
import type { Model } from '@footlight/models';
import { findSimilarNames } from '@footlight/report';
import type { Pruner, Sampler } from '@footlight/studies';
import type { ComponentEntry, Kind, OptionEntry } from './component.js';
import { components, packages } from './components.js';
import { convertValue } from './convert-value.js';
import { describeOptions } from './describe-component.js';
import type { Spec } from './parse-spec.js';

/** What a component of each kind is. `k-fold` is the only one that makes several splits. */
export interface Created {
  readonly model: Model;
  readonly loss: Loss;
  readonly split: Split | readonly Split[];
  readonly filter: Filter;
  readonly negatives: Negatives;
  readonly metric: Metric;
  readonly embedding: EmbeddingFactory;
  readonly scale: RatingScale;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
}

/**
 * The entry of a component.
 *
 * @throws {RecsysError} `invalid-argument` with all names, or those that are similar
 */
export function findComponent<E extends ComponentEntry = ComponentEntry>(kind: Kind, name: string, where: string): E {
  const entries = components[kind];
  const found = entries.find((entry) => entry.name === name);
  if (found) return found as E;
  const names = entries.map((entry) => entry.name);
  const similar = findSimilarNames(name, names);
  const hint = similar.length > 0 ? ` Did you mean ${similar.join(' or ')}?` : '';
  throw new RecsysError('invalid-argument', `${where}: expected one of ${names.join(', ')}, received ${name}.${hint}`);
}

/**
 * Makes the component that was named.
 *
 * @param where the option of the command line that named it, e.g. `--model`
 * @throws {RecsysError} `invalid-argument` for unknown names and options, values of a wrong type, and whatever the
 *   component itself refuses
 */
export async function createComponent<K extends Kind>(kind: K, spec: Spec, where: string): Promise<Created[K]> {
  const entry = findComponent(kind, spec.name, where);
  const place = `${where} ${spec.name}`;
  const options: Record<string, unknown> = {};
  for (const name of Object.keys(spec.options))
    if (!entry.options.some((option) => option.name === name)) failUnknownOption(entry, name, place);
  for (const option of entry.options) {
    const value = spec.options[option.name];
    if (value !== undefined)
      options[option.name] = await convertValue(option, value, `${place}(${option.name})`, createComponent);
    else if (option.preset !== undefined) options[option.name] = option.preset;
    else if (option.default === undefined) failMissingOption(option, place, spec.name);
  }
  return (await callExport(kind, entry, options)) as Created[K];
}

/** Calls the function of the package with a first argument, where it takes one, and the options. */
async function callExport(kind: Kind, entry: ComponentEntry, options: Record<string, unknown>): Promise<unknown> {
  const create = ((await packages[kind]()) as Record<string, (...given: unknown[]) => unknown>)[entry.exported]!;
  const first = entry.options.find((option) => option.first)?.name;
  if (first === undefined) return create(options);
  const { [first]: argument, ...rest } = options;
  return create(argument, rest);
}

function failUnknownOption(entry: ComponentEntry, name: string, where: string): never {
  const list = describeOptions(entry, 100)
    .map((line) => `\n  ${line}`)
    .join('');
  const known = list === '' ? 'It has no options.' : `Options of ${entry.name}:${list}`;
  throw new RecsysError(
    'invalid-argument',
    `${where}: expected an option of ${entry.name}, received ${name}. ${known}`,
  );
}

function failMissingOption({ name, meaning }: OptionEntry, where: string, component: string): never {
  throw new RecsysError(
    'invalid-argument',
    `${where}: expected the option ${name} (${meaning}), received none. Write "${component}(${name}=…)".`,
  );
}
