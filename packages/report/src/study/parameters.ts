import { formatChoices, formatParameter } from './format-numbers.js';
import type { StudyContent, StudyParameter, StudyTrial } from './study-content.js';

/** A parameter of a study, with the ranges or choices of all trials together. */
export type Parameter = { readonly name: string } & (
  | { readonly kind: 'float' | 'integer'; readonly low: number; readonly high: number; readonly log: boolean }
  | { readonly kind: 'categorical'; readonly choices: readonly StudyParameter[]; readonly labels: readonly string[] }
);

/** Lists the parameters of a study: the most important first, the others as they appeared. */
export function listParameters(
  { trials }: Pick<StudyContent, 'trials'>,
  importance: Readonly<Record<string, number>> = {},
): Parameter[] {
  const found = new Map<string, Parameter>();
  for (const { distributions } of trials)
    for (const [name, distribution] of Object.entries(distributions)) {
      const before = found.get(name);
      if (distribution.kind === 'categorical') {
        const known = before?.kind === 'categorical' ? before.choices : [];
        if (known === distribution.choices) continue;
        const choices = [...new Set([...known, ...distribution.choices])];
        found.set(name, { name, kind: 'categorical', choices, labels: formatChoices(choices) });
      } else {
        const { kind, log, low, high } = distribution;
        const [from, to] = before && before.kind !== 'categorical' ? [before.low, before.high] : [low, high];
        found.set(name, { name, kind, log, low: Math.min(from, low), high: Math.max(to, high) });
      }
    }
  const getShare = ({ name }: Parameter): number => (Object.hasOwn(importance, name) ? importance[name]! : 0);
  return [...found.values()].sort((one, other) => getShare(other) - getShare(one));
}

/** The value of a parameter in a trial; `undefined` in a trial that does not have it. */
export function getParameter({ params }: StudyTrial, { name }: Parameter): StudyParameter | undefined {
  return Object.hasOwn(params, name) ? params[name] : undefined;
}

/** The number of a choice or the number itself. */
export function toNumber(parameter: Parameter, value: StudyParameter | undefined): number | undefined {
  if (parameter.kind !== 'categorical') return typeof value === 'number' ? value : undefined;
  const at = value === undefined ? -1 : parameter.choices.indexOf(value);
  return at < 0 ? undefined : at;
}

/** Formats the value of a parameter. */
export function formatParameterValue(parameter: Parameter, value: StudyParameter | undefined): string {
  const at = parameter.kind === 'categorical' ? toNumber(parameter, value) : undefined;
  return at === undefined || parameter.kind !== 'categorical' ? formatParameter(value) : parameter.labels[at]!;
}

/** The range of a parameter in words. */
export function formatRange(parameter: Parameter): string {
  if (parameter.kind === 'categorical') {
    const { labels } = parameter;
    return labels.length > 12 ? `${labels.slice(0, 12).join(', ')} and ${labels.length - 12} more` : labels.join(', ');
  }
  const { low, high, log } = parameter;
  return `${formatParameter(low)} … ${formatParameter(high)}${log ? ', logarithmic' : ''}`;
}
