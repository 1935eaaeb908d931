import { toJsonLine } from '@footlight/core';
import { type CsvCell, formatCsv } from '@footlight/report';
import type { Recommender, UserRecommendations } from '@footlight/trainer';

/** How lists of users are written. */
export interface ListFormat {
  /** Titles of the columns; none in JSON lines. */
  readonly titles?: readonly string[];
  /** The text of a user: a line of JSON, or a line of CSV per item. */
  format(recommendations: UserRecommendations): string;
}

/** Whether a file gets JSON lines, by the ending of its name. */
export const isJsonLines = (path: string | undefined): boolean => /\.jsonl?$|\.ndjson$/.test(path ?? '');

/** CSV, or JSON lines. */
export function createListFormat({ ratings }: Recommender, asJson: boolean): ListFormat {
  if (asJson) return { format: formatJsonLine };
  return {
    titles: ['user', 'rank', 'item', 'title', 'score', ...(ratings ? ['rating'] : [])],
    format: (recommendations) => formatCsv(listRows(recommendations)),
  };
}

function formatJsonLine({ user, recommendations, refusal }: UserRecommendations): string {
  return `${toJsonLine({ user, recommendations, ...(refusal === undefined ? {} : { refusal }) })}\n`;
}

function listRows({ user, recommendations }: UserRecommendations): CsvCell[][] {
  return recommendations.map(({ item, title, score, rating }, at) => [
    user,
    at + 1,
    item,
    title,
    score,
    ...(rating === undefined ? [] : [rating]),
  ]);
}
