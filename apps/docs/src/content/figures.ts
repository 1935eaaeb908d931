import {
  createEpochFigure,
  createEpochLossFigures,
  createLossFigure,
  createMeanFigures,
  createPenaltyFigures,
  createRunLossFigures,
  createWidthFigures,
  drawFigure,
  type Figure,
  groupByProtocol,
  type ResultGroup,
  type StoredResult,
} from '@footlight/report';

type Draw = (results: readonly StoredResult[]) => Figure[];

const perProtocol =
  (create: (group: ResultGroup<StoredResult>) => Figure[]): Draw =>
  (results) =>
    groupByProtocol(results).flatMap(create);

/** What a page can ask for, by name. */
export const figureKinds: Readonly<Record<string, Draw>> = {
  means: perProtocol(createMeanFigures),
  losses: (results) => results.map(createLossFigure),
  validation: (results) => results.flatMap((result) => createFirstEpochFigure(result, 'validation')),
  monitored: (results) => results.flatMap((result) => createFirstEpochFigure(result, 'test')),
  penalty: perProtocol(createPenaltyFigures),
  width: perProtocol(createWidthFigures),
  'loss-by-epoch': perProtocol(createEpochLossFigures),
  'loss-by-run': perProtocol(createRunLossFigures),
};

/** The first metric by epoch; none for a result without one. */
function createFirstEpochFigure(result: StoredResult, part: 'validation' | 'test'): Figure[] {
  const [metric] = Object.keys(result.runs[0]?.[part] ?? {});
  return metric === undefined ? [] : [createEpochFigure(result, metric, part)];
}

/** Figures beside each other, as HTML that Vue leaves as it is. */
export function figureHtml(figures: readonly Figure[]): string {
  const drawn = figures.map((figure) => {
    const caption = `<strong>${escapeHtml(figure.title)}</strong><br>${escapeHtml(figure.description)}`;
    return `<figure><figcaption>${caption}</figcaption>${drawFigure(figure, { inPage: true })}</figure>`;
  });
  return `<div class="figures" v-pre>${drawn.join('').replaceAll('\n', ' ')}</div>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
