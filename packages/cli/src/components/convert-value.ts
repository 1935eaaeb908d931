import { RecsysError } from '@footlight/core';
import type { Kind, OptionEntry } from './component.js';
import { formatValue, isList, type Spec, type Value } from './parse-spec.js';

/** Makes a component that is the value of an option. */
export type CreateComponent = (kind: Kind, spec: Spec, where: string) => Promise<unknown>;

/**
 * A typed value as what the component takes.
 *
 * @throws {RecsysError} `invalid-argument` if its type is another than that of the option
 */
export async function convertValue(
  option: OptionEntry,
  value: Value,
  where: string,
  create: CreateComponent,
): Promise<unknown> {
  switch (option.type) {
    case 'integer':
      return Number.isSafeInteger(value) ? value : fail(where, 'an integer', value);
    case 'number':
      return typeof value === 'number' ? value : fail(where, 'a number', value);
    case 'boolean':
      return typeof value === 'boolean' ? value : fail(where, 'true or false', value);
    case 'numbers':
      return toList(where, value, 'numbers', (each) => typeof each === 'number');
    case 'choice':
      return toChoice(option, value, where);
    case 'words':
      return toList(where, value, 'words').map((word) => toChoice(option, word, where));
    case 'value':
      return toPlain(value);
    default:
      return toComponent(option.type, value, where, create);
  }
}

function fail(where: string, expected: string, value: Value): never {
  throw new RecsysError('invalid-argument', `${where}: expected ${expected}, received ${formatValue(value)}.`);
}

function toList(where: string, value: Value, what: string, accepts = (_: Value) => true): readonly Value[] {
  return isList(value) && value.every(accepts) ? value : fail(where, `a list of ${what} such as [1, 2]`, value);
}

function toChoice({ choices = [] }: OptionEntry, value: Value, where: string): string {
  const word = toPlain(value);
  return typeof word === 'string' && choices.includes(word) ? word : fail(where, choices.join(' or '), value);
}

function toComponent(kind: Kind, value: Value, where: string, create: CreateComponent): Promise<unknown> {
  if (typeof value !== 'object' || isList(value) || 'fields' in value)
    return fail(where, 'a component such as name(option=value)', value);
  return create(kind, value, where);
}

/** Lists, fields, numbers and words as plain data. */
function toPlain(value: Value): unknown {
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(toPlain);
  if ('fields' in value)
    return Object.fromEntries(Object.entries(value.fields).map(([name, each]) => [name, toPlain(each)]));
  return Object.keys(value.options).length === 0 ? value.name : value;
}
