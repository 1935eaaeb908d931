import type { ExperimentResult } from '@footlight/report';

/** A line per held-out part on what was left out of it, each after a line break; empty if nothing was. */
export function describeLeftOut(leftOut: ExperimentResult['leftOut']): string {
  if (!leftOut) return '';
  return (['test', 'validation'] as const)
    .flatMap((part) => {
      const { users, items, interactions } = leftOut[part] ?? { users: 0, items: 0, interactions: 0 };
      if (interactions === 0) return [];
      const cold = [...(users > 0 ? [count(users, 'user')] : []), ...(items > 0 ? [count(items, 'item')] : [])];
      const rows = count(interactions, 'interaction');
      return `\n  left out of the ${part} part: ${cold.join(' and ')} without training interactions (${rows})`;
    })
    .join('');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
