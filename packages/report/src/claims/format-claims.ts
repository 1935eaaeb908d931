import { toMarkdownText } from '@footlight/core';
import { markdownTable } from 'markdown-table';
import type { ClaimInterval } from './decide-better.js';
import type { TestedBetter, TestedFigure, TestedGroup } from './test-claims.js';

/** The rule of all verdicts, in a paragraph. */
export const verdictRule: string =
  'That one experiment is better than another *holds* if the whole 95 % interval of the difference says so, *does ' +
  'not hold* if the whole interval says the opposite, and *cannot be told* otherwise. The intervals are those over ' +
  'users, paired and clustered by user, and over seeds; all that are known must agree. A published figure *holds* if ' +
  'our mean rounds to it, or if it lies where one run with another seed lies with 95 %, and runs differ by less than ' +
  'the figure; it *cannot be told* if runs differ by more, or if other users could explain the difference.';

/** Formats tested claims as Markdown: a table of comparisons and one of published figures; empty without claims. */
export function formatClaims(groups: readonly TestedGroup[]): string {
  const comparisons = groups.flatMap(({ title, comparisons }) =>
    comparisons.map((each) => [toMarkdownText(title), ...formatBetter(each)]),
  );
  const figures = groups.flatMap(({ figures }) =>
    figures.filter(({ decision }) => decision !== 'not measured').map(formatFigure),
  );
  const parts = [
    ...(comparisons.length > 0
      ? [
          markdownTable(
            [['source', 'claim', 'published', 'verdict', 'difference over users', 'over seeds'], ...comparisons],
            { align: ['l', 'l', 'r', 'l', 'r', 'r'] },
          ),
        ]
      : []),
    ...(figures.length > 0
      ? [
          markdownTable([['experiment', 'metric', 'published', 'ours', 'verdict', 'runs lie between'], ...figures], {
            align: ['l', 'l', 'r', 'r', 'l', 'r'],
          }),
        ]
      : []),
  ];
  return parts.length === 0 ? '' : [verdictRule, ...parts].join('\n\n');
}

function formatBetter({ claim, decision, verdict, missing }: TestedBetter): string[] {
  const { statement, source, published } = claim;
  const text = source === undefined ? statement : `${statement} (${source})`;
  return [
    toMarkdownText(text),
    published ? toMarkdownText(published.join(' : ')) : '–',
    missing.length > 0 ? toMarkdownText(`never run: ${missing.join(', ')}`) : decision,
    formatInterval(verdict?.users, true),
    formatInterval(verdict?.seeds ?? verdict?.unpaired, true),
  ];
}

function formatFigure({ claim, decision, verdict, result }: TestedFigure): string[] {
  const { experiment, metric, part, bound, figure } = claim;
  return [
    toMarkdownText(experiment),
    toMarkdownText(part === 'validation' ? `${metric} (validation)` : metric),
    toMarkdownText(bound === 'at least' ? `at least ${figure}` : figure),
    result ? formatLike(result.mean, figure) : '–',
    decision,
    formatInterval(verdict?.seeds ?? verdict?.users, false),
  ];
}

/** Formats an interval, with signs where it is one of differences; a dash if there is none. */
export function formatInterval(interval: ClaimInterval | undefined, signed: boolean, digits = 4): string {
  if (!interval) return '–';
  return interval.map((end) => `${end < 0 ? '−' : signed ? '+' : ''}${formatPlain(Math.abs(end), digits)}`).join(' … ');
}

const formatPlain = (value: number, digits: number): string => value.toFixed(value >= 10 ? 1 : value >= 1 ? 2 : digits);

/** Formats our value with the digits of the figure, but not with fewer than three. */
export function formatLike(value: number, figure: string): string {
  const digits = figure.split('.')[1]?.replace(/e.*/i, '').length ?? 0;
  return value.toFixed(Math.min(6, Math.max(3, digits)));
}
