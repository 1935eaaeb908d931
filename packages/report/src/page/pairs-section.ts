import { type Comparison, compareRows, shownPValue, signedInterval } from '../compare.js';
import type { Figure } from '../plots/figure.js';
import { protocolTitle } from '../protocol-title.js';
import type { KeptResult } from '../result.js';
import type { Group } from '../tables.js';
import { type QueryValues, sameUsers } from '../values.js';
import { figures, missing, type Section, table } from './elements.js';
import { type Html, html } from './html.js';
import { idOf, shortNames } from './names.js';

interface Pair {
  readonly row: string;
  readonly comparisons: readonly Comparison[];
}

/** Rows of one protocol against the best of them, user by user. */
export function pairsSection(groups: readonly Group<KeptResult>[], values: ReadonlyMap<string, QueryValues>): Section {
  const compared = groups.flatMap((group) => groupOf(group, values));
  return {
    id: 'pairs',
    title: 'Compared user by user',
    body:
      compared.length === 0
        ? missing(
            'Two rows of one protocol with values per user are needed: `footlight run latest-small/popularity latest-small/factorization-bpr`.',
          )
        : html`<p>Differences to the row with the best mean, over the same users: with a bootstrap interval of 95 %, and how often flipped signs would give one as large (p, not corrected for the number of rows).</p>${compared}`,
  };
}

function groupOf(group: Group<KeptResult>, values: ReadonlyMap<string, QueryValues>): Html[] {
  const metric = Object.keys(group[0].metrics)[0]!;
  const [best, ...others] = group
    .filter(({ row }) => values.has(row))
    .sort((one, other) => other.metrics[metric]!.mean - one.metrics[metric]!.mean)
    .map(({ row }) => values.get(row)!);
  const comparable = others.filter(({ users }) => sameUsers(users, best!.users));
  if (!best || comparable.length === 0) return [];
  const pairs = comparable.map((other) => ({ row: other.row, comparisons: compareRows(other, best) }));
  const { protocol } = group[0];
  return [
    html`<h3>${protocolTitle(protocol)}</h3>
${table({
  caption: `Difference to ${best.row}, over ${best.users.length} users, protocol \`${protocol.hash}\``,
  columns: [
    { title: 'row' },
    ...pairs[0]!.comparisons.flatMap(({ metric }) => [
      { title: metric, align: 'right' as const },
      { title: 'p', align: 'right' as const },
    ]),
  ],
  rows: pairs.map(({ row, comparisons }) => [
    row,
    ...comparisons.flatMap((each) => [signedInterval(each), shownPValue(each)]),
  ]),
})}
${figures(pairs[0]!.comparisons.map((_, at) => forest(best.row, pairs, at, protocol.hash)))}`,
  ];
}

function forest(best: string, pairs: readonly Pair[], metric: number, hash: string): Figure {
  const names = shortNames([...pairs.map(({ row }) => row), best]);
  const intervals = pairs.map(({ comparisons }, at) => {
    const { difference, interval } = comparisons[metric]!;
    return { category: names[at]!, x: difference, low: interval[0], high: interval[1] };
  });
  const { metric: name } = pairs[0]!.comparisons[metric]!;
  const certain = intervals.filter(({ low, high }) => low > 0 || high < 0).length;
  return {
    id: idOf('pairs', hash, name),
    title: `${name}: difference to ${names.at(-1)!}`,
    description:
      intervals.length === 1
        ? `The interval ${certain === 1 ? 'leaves out' : 'holds'} zero.`
        : `Of ${intervals.length} intervals, ${certain} leave out zero.`,
    x: { label: `difference of ${name}` },
    series: [{ name, draw: 'intervals', intervals }],
    rules: [{ x: 0, label: 'no difference' }],
  };
}
