import { renderFigure, renderTable, type Section } from '../page/elements.js';
import { html } from '../page/html.js';
import type { Figure } from '../plots/figure.js';
import { formatObjective, shorten } from './format-numbers.js';
import { findImprovements } from './history-figure.js';
import type { StudyContent } from './study-content.js';
import { joinSentences, tableNames } from './study-figure.js';
import { createCountAxis } from './ticks.js';
import { formatStates, getObjectiveName, getValue, rankTrials } from './trial-states.js';
import { createValueAxis } from './value-axis.js';

const drawnStudies = 14;

/** Several studies beside each other: a table, and the best value so far of those with one objective and direction. */
export function renderComparisonSection(studies: readonly StudyContent[]): Section {
  const figures = createComparisonFigures(studies);
  return {
    id: 'studies',
    title: 'Studies',
    body: html`${renderTable({
      caption: `${studies.length} studies`,
      columns: [
        { title: 'study' },
        { title: 'goal' },
        { title: 'trials', align: 'right' },
        { title: 'states' },
        { title: 'best', align: 'right' },
        { title: 'trial', align: 'right' },
      ],
      rows: studies.map((study) => {
        const best = study.directions.length === 1 ? rankTrials(study, 0)[0] : undefined;
        return [
          shorten(study.name, tableNames),
          study.directions.map((direction, at) => `${direction} ${getObjectiveName(study, at)}`).join(', '),
          String(study.trials.length),
          formatStates(study.trials) || 'none',
          best ? formatObjective(getValue(best, 0)!) : '–',
          best ? String(best.number) : '–',
        ];
      }),
    })}
<div class="figures">${figures.map(renderFigure)}</div>`,
  };
}

/**
 * The best value so far by trial, a line per study: a figure for each objective that several studies have. Searches
 * whose protocols differ are in different figures, since their values cannot be compared.
 */
export function createComparisonFigures(studies: readonly StudyContent[]): Figure[] {
  const groups = new Map<string, StudyContent[]>();
  for (const study of studies) {
    if (study.directions.length > 1 || rankTrials(study, 0).length === 0) continue;
    const key = JSON.stringify([study.directions[0], getObjectiveName(study, 0), getProtocol(study)]);
    groups.set(key, [...(groups.get(key) ?? []), study]);
  }
  return [...groups.values()].filter(({ length }) => length > 1).map(createComparisonFigure);
}

/** The protocol of a search of experiments; other studies have none. */
function getProtocol({ attributes = {} }: StudyContent): unknown {
  return (attributes['footlight:search'] as { protocol?: unknown } | undefined)?.protocol;
}

/** The name of the dataset, if the studies have one. */
function getDataset(study: StudyContent): string {
  const protocol = getProtocol(study) as { dataset?: { name?: unknown } } | undefined;
  return typeof protocol?.dataset?.name === 'string' ? `, ${protocol.dataset.name}` : '';
}

function createComparisonFigure(studies: readonly StudyContent[], at: number): Figure {
  const shown = studies.slice(0, drawnStudies);
  const curves = shown.map((study) => {
    const points = findImprovements(study, 0).map((trial) => ({ x: trial.number, y: getValue(trial, 0)! }));
    return { name: study.name, points: [...points, { x: study.trials.at(-1)!.number, y: points.at(-1)!.y }] };
  });
  const name = getObjectiveName(studies[0]!, 0);
  const direction = studies[0]!.directions[0]!;
  const all = curves.flatMap(({ points }) => points);
  const axis = createValueAxis(
    name,
    all.map(({ y }) => y),
    direction,
  );
  const ends = curves.map(
    ({ name: study, points }) => `${shorten(study, tableNames)} ${formatObjective(points.at(-1)!.y)}`,
  );
  return {
    id: `studies-${at + 1}`,
    title: `Best ${name} so far, by study${getDataset(studies[0]!)}`,
    description: joinSentences(
      `After the last trial (${direction}): ${ends.join(', ')}.`,
      shown.length < studies.length ? `Shown are ${shown.length} of ${studies.length} studies.` : '',
      ...axis.remarks,
    ),
    x: createCountAxis('trial', Math.max(...all.map(({ x }) => x))),
    y: axis.axis,
    series: curves.map(({ name: study, points }) => ({
      name: shorten(study, 40),
      draw: 'line',
      shape: 'steps',
      points: points.map(({ x, y }) => ({ x, y: axis.place(y) })),
    })),
  };
}
