import { wrapText } from '../terminal/wrap-text.js';
import type { ComponentEntry, OptionEntry } from './component.js';

/** One entry per component: its name and what it does, aligned. */
export function describeComponents(entries: readonly ComponentEntry[], width: number): string[] {
  return alignPairs(
    entries.map(({ name, summary }) => [name, summary]),
    width,
  );
}

/** One entry per option: its name, meaning and default, aligned. */
export function describeOptions({ options }: ComponentEntry, width: number): string[] {
  return alignPairs(
    options.map((option) => [option.name, `${option.meaning} (${describeType(option)})`]),
    width,
  );
}

/** `integer, default 64`, `hidden or cell, default hidden`, `required`. */
function describeType({ type, choices, default: fallback }: OptionEntry): string {
  const accepted = choices ? choices.join(' or ') : typeNames[type];
  return [...(accepted ? [accepted] : []), fallback === undefined ? 'required' : `default ${fallback}`].join(', ');
}

const typeNames: Readonly<Record<OptionEntry['type'], string>> = {
  integer: 'integer',
  number: 'number',
  boolean: 'true or false',
  numbers: 'list of numbers',
  choice: '',
  words: '',
  value: '',
  embedding: '',
  metric: 'metric',
  split: 'split',
  scale: 'scale',
  model: 'model',
  loss: 'loss',
  filter: 'filter',
  negatives: 'sampler',
  sampler: 'sampler',
  pruner: 'pruner',
};

/** Two columns; the second is wrapped below itself. */
function alignPairs(pairs: readonly (readonly [string, string])[], width: number): string[] {
  const indent = Math.max(0, ...pairs.map(([name]) => name.length)) + 2;
  return pairs.map(([name, text]) =>
    wrapText(text, Math.max(20, width - indent))
      .map((line, at) => (at === 0 ? name.padEnd(indent) : ' '.repeat(indent)) + line)
      .join('\n'),
  );
}
