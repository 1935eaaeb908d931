import {
  createEpochLossFigures,
  createLossFigure,
  createMeanFigures,
  createPenaltyFigures,
  createRunLossFigures,
  createValidationFigure,
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
  validation: (results) =>
    results.map((result) => createValidationFigure(result, Object.keys(result.runs[0]?.validation ?? {})[0]!)),
  penalty: perProtocol(createPenaltyFigures),
  width: perProtocol(createWidthFigures),
  'loss-by-epoch': perProtocol(createEpochLossFigures),
  'loss-by-run': perProtocol(createRunLossFigures),
};

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
