import type { ExperimentResult } from '@footlight/report';

/**
 * A line per held-out part on what was left out of it, each after a line break; empty if nothing was.
 *
 * @param ranksColdItems whether items with training interactions were left out, instead of those without
 */
export function describeLeftOut(leftOut: ExperimentResult['leftOut'], ranksColdItems = false): string {
  if (!leftOut) return '';
  return (['test', 'validation'] as const)
    .flatMap((part) => {
      const { users, items, interactions } = leftOut[part] ?? { users: 0, items: 0, interactions: 0 };
      if (interactions === 0) return [];
      const without = 'without training interactions';
      const each = [...(users > 0 ? [count(users, 'user')] : []), ...(items > 0 ? [count(items, 'item')] : [])];
      const what =
        ranksColdItems && items > 0
          ? [...(users > 0 ? [`${each[0]} ${without}`] : []), `${each.at(-1)} with training interactions`].join(', ')
          : `${each.join(' and ')} ${without}`;
      return `\n  left out of the ${part} part: ${what} (${count(interactions, 'interaction')})`;
    })
    .join('');
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
