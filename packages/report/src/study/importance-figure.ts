import type { Figure } from '../plots/figure.js';
import { shorten } from './format-numbers.js';
import type { StudyContent } from './study-content.js';
import { joinSentences, type StudyFigure, tableNames } from './study-figure.js';
import { getObjectiveName, rankTrials } from './trial-states.js';

const drawnParameters = 20;
const labelLength = 22;

/** Importance of the parameters by PED-ANOVA: a bar per parameter, and one per objective where there are several. */
export function createImportanceFigure(
  study: StudyContent,
  importance: readonly Readonly<Record<string, number>>[],
  id: string,
): StudyFigure | undefined {
  const count = rankTrials(study, 0).length;
  const names = sortByShare(importance);
  if (count < 2 || names.length === 0) return undefined;
  const shown = names.slice(0, drawnParameters);
  const labels = createLabels(shown);
  const getShare = (objective: number, name: string): number => {
    const shares = importance[objective]!;
    return Object.hasOwn(shares, name) ? shares[name]! : 0;
  };
  const series = importance.map((_, objective): Figure['series'][number] => ({
    name: shorten(getObjectiveName(study, objective), 40),
    draw: 'bars',
    bars: shown.map((name, at) => {
      const x = getShare(objective, name);
      return { category: labels[at]!, x, text: formatShare(x) };
    }),
  }));
  const largest = Math.max(...importance.map((shares) => Math.max(...Object.values(shares))));
  return {
    figure: {
      id,
      title: 'Importance of the parameters',
      description: joinSentences(
        `How much each parameter tells the best tenth of ${count} complete trials from the others (PED-ANOVA).`,
        importance.length === 1 ? `The most important is ${names[0]} with ${formatShare(getShare(0, names[0]!))}.` : '',
        shown.length < names.length
          ? `Shown are ${shown.length} of ${names.length} parameters; the table has all.`
          : '',
        count < 20 ? 'So few trials say little.' : '',
      ),
      x: { label: 'share (%)', domain: [0, Math.max(0.05, largest)], format: (tick) => String(Math.round(100 * tick)) },
      series,
    },
    table: {
      caption: 'Importance of the parameters (PED-ANOVA)',
      columns: [
        { title: 'parameter' },
        ...importance.map((_, objective) => ({
          title: `share in ${getObjectiveName(study, objective)}`,
          align: 'right' as const,
        })),
      ],
      rows: names.map((name) => [
        shorten(name, tableNames),
        ...importance.map((_, objective) => formatShare(getShare(objective, name))),
      ]),
    },
  };
}

const formatShare = (share: number): string => `${(100 * share).toFixed(1)} %`;

function sortByShare(importance: readonly Readonly<Record<string, number>>[]): string[] {
  const sums = new Map<string, number>();
  for (const shares of importance)
    for (const [name, share] of Object.entries(shares)) sums.set(name, (sums.get(name) ?? 0) + share);
  return [...sums].sort(([, one], [, other]) => other - one).map(([name]) => name);
}

/** Short labels that differ: names that are equal after shortening have their rank in front. */
function createLabels(names: readonly string[]): string[] {
  const short = names.map((name) => shorten(name, labelLength));
  return short.map((label, at) => (short.indexOf(label) === short.lastIndexOf(label) ? label : `${at + 1}. ${label}`));
}
