import { createFrontFigures } from './front-figures.js';
import { createHistoryFigure } from './history-figure.js';
import { createImportanceFigure } from './importance-figure.js';
import { createIntermediateFigure } from './intermediate-figure.js';
import { createParallelFigure } from './parallel-figure.js';
import { listParameters } from './parameters.js';
import { createSliceFigure } from './slice-figures.js';
import type { StudyAnalysis, StudyContent } from './study-content.js';
import type { StudyFigure } from './study-figure.js';
import { createTimelineFigure } from './timeline-figure.js';

/**
 * The figures of a study: optimization history, importance, parallel coordinates, slices, intermediate values, Pareto
 * front and timeline. What a study has no data for is left out.
 *
 * @param analysis what `@footlight/studies` computes; without it there are no figures of importance and Pareto front
 * @param id beginning of the ids of the figures; letters, digits and hyphens. Default: from the name of the study
 * @example
 * const figures = createStudyFigures(study, { importance: [computeImportance(study)] });
 * for (const { figure } of figures) await writeFile(`${figure.id}.svg`, drawFigure(figure));
 */
export function createStudyFigures(
  study: StudyContent,
  { importance, front }: StudyAnalysis = {},
  id: string = createIds([study.name])[0]!,
): StudyFigure[] {
  const parameters = listParameters(study, addShares(importance ?? []));
  const objectives = [...study.directions.keys()];
  const slices = createIds(parameters.map(({ name }) => name));
  const several = objectives.length > 1;
  const add = (kind: string, objective: number): string => `${id}-${kind}${several ? `-${objective + 1}` : ''}`;
  const isFront = several && front !== undefined;
  if (study.trials.length === 0) return [];
  return [
    ...(isFront ? createFrontFigures(study, parameters, front, `${id}-front`) : []),
    ...objectives.map((objective) => createHistoryFigure(study, objective, add('history', objective))),
    createIntermediateFigure(study, `${id}-intermediate`),
    importance && createImportanceFigure(study, importance, `${id}-importance`),
    createParallelFigure(study, parameters, isFront ? front : undefined, `${id}-parallel`),
    ...parameters.flatMap((parameter, at) =>
      objectives.map((objective) =>
        createSliceFigure(study, objective, parameter, add(`slice-${slices[at]}`, objective)),
      ),
    ),
    createTimelineFigure(study, `${id}-timeline`),
  ].filter((figure) => figure !== undefined);
}

/** Creates a different id from each name, of lower-case letters, digits and hyphens. */
export function createIds(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    const text =
      name
        .slice(0, 60)
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-|-$/g, '') || 'name';
    let id = text;
    for (let number = 2; used.has(id); number++) id = `${text}-${number}`;
    used.add(id);
    return id;
  });
}

function addShares(importance: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sums = new Map<string, number>();
  for (const shares of importance)
    for (const [name, share] of Object.entries(shares)) sums.set(name, (sums.get(name) ?? 0) + share);
  return Object.fromEntries(sums);
}
