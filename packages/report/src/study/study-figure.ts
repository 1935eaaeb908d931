import type { TableContent } from '../page/elements.js';
import type { Figure } from '../plots/figure.js';

/** A figure of a study with the numbers behind it. */
export interface StudyFigure {
  readonly figure: Figure;
  readonly table: TableContent;
}

/** Tables have at most so many rows: a page of 10,000 trials stays small. */
export const tableRows = 50;

/** Names in tables have at most so many letters. */
export const tableNames = 60;

/** Figures draw at most so many points per kind. */
export const drawnPoints = 300;

/** Joins sentences of a description, without empty ones. */
export function joinSentences(...sentences: readonly (string | undefined)[]): string {
  return sentences.filter((sentence) => sentence !== undefined && sentence !== '').join(' ');
}
