import { countDecisions, decisions, formatCounted, formatDecisions } from '../claims/count-decisions.js';
import { formatInterval, formatLike, verdictRule } from '../claims/format-claims.js';
import type { ClaimDecision, TestedBetter, TestedFigure, TestedGroup } from '../claims/test-claims.js';
import { renderTable, type Section } from './elements.js';
import { emptyHtml, type Html, html } from './html.js';

/** What was reproduced: the claims of each source, published figures beside ours, and a verdict for each. */
export function renderClaimsSection(groups: readonly TestedGroup[]): Section {
  const measured = groups.filter(({ comparisons, figures }) =>
    [...comparisons, ...figures].some(({ decision }) => decision !== 'not measured'),
  );
  const open = groups.filter((group) => !measured.includes(group));
  return {
    id: 'claims',
    title: 'What was reproduced',
    body: html`${renderCounts(groups)}
<p class="rule">${renderRule()}</p>
<div class="cards">${measured.map(renderGroup)}</div>
${open.length > 0 ? html`<p>Not measured: ${open.map(describeOpen).join('; ')}.</p>` : emptyHtml}`,
  };
}

/** Emphasis of Markdown becomes that of HTML. */
const renderRule = (): Html =>
  html`${verdictRule.split('*').map((piece, at) => (at % 2 === 0 ? piece : html`<em>${piece}</em>`))}`;

const marks: Readonly<Record<ClaimDecision, readonly [name: string, sign: string]>> = {
  holds: ['yes', '✓'],
  'does not hold': ['no', '✗'],
  'cannot be told': ['open', '?'],
  'not measured': ['none', '–'],
};

/** A verdict with a sign, so that color is not needed to tell verdicts apart. */
function renderDecision(decision: ClaimDecision): Html {
  const [name, sign] = marks[decision];
  return html`<span class="verdict ${name}"><span aria-hidden="true">${sign}</span> ${decision}</span>`;
}

function renderCounts(groups: readonly TestedGroup[]): Html {
  const counts = countDecisions(groups);
  const tiles = decisions.map((decision) => {
    const text = formatCounted(decision, counts[decision]).slice(String(counts[decision]).length + 1);
    return html`<li class="${marks[decision][0]}"><b>${counts[decision]}</b> ${text}</li>`;
  });
  return html`<ul class="counts" aria-label="Verdicts on claims and published figures">${tiles}</ul>`;
}

function renderGroup(group: TestedGroup): Html {
  const { title, link, comparisons, figures } = group;
  const counts = formatDecisions(countDecisions([group]));
  const measured = figures.filter(({ decision }) => decision !== 'not measured');
  const absent = [...comparisons, ...figures].filter(({ decision }) => decision === 'not measured').length;
  const tested = comparisons.filter(({ decision }) => decision !== 'not measured');
  return html`<details class="card claims phone-folded" data-filter open>
<summary><h3>${title}</h3> <span class="about">${counts}</span></summary>
${tested.length > 0 ? renderComparisons(title, tested) : emptyHtml}
${measured.length > 0 ? renderFigureTable(title, measured) : emptyHtml}
${absent > 0 ? html`<p class="more">${describeAbsent(group)}</p>` : emptyHtml}
${link === undefined ? emptyHtml : html`<p class="more">Source: ${link}</p>`}</details>`;
}

function renderComparisons(title: string, comparisons: readonly TestedBetter[]): Html {
  return renderTable({
    caption: `Claims: ${title}`,
    columns: [{ title: 'claim' }, { title: 'published' }, { title: 'ours' }, { title: 'verdict, difference' }],
    rows: comparisons.map(renderBetter),
  });
}

function renderBetter({ claim, decision, verdict, results: [better, than] }: TestedBetter): Html[] {
  const { statement, source, published, metric } = claim;
  const digits = published?.[0] ?? '0.000';
  const ours = [better, than].map((each) => (each ? formatLike(each.mean, digits) : '–'));
  const intervals = [
    verdict?.users && `users ${formatInterval(verdict.users, true)}`,
    verdict?.seeds && `seeds ${formatInterval(verdict.seeds, true)}`,
    verdict?.unpaired && `unpaired ${formatInterval(verdict.unpaired, true)}`,
  ].filter((each) => each !== undefined);
  return [
    html`${statement} <small>${source === undefined ? metric : `${source}; ${metric}`}</small>`,
    html`<span class="pair">${published ? published.join(' : ') : '–'}</span>`,
    html`<span class="pair">${ours.join(' : ')}</span>`,
    html`${renderDecision(decision)}${intervals.map((text) => html`<small class="interval">${text}</small>`)}`,
  ];
}

function renderFigureTable(title: string, figures: readonly TestedFigure[]): Html {
  const counts = formatDecisions(countDecisions([{ title, comparisons: [], figures }]));
  return html`<details class="phone-folded" open><summary>${figures.length} published figures: ${counts}</summary>
${renderTable({
  caption: `Published figures: ${title}`,
  columns: [
    { title: 'figure' },
    { title: 'published', align: 'right' },
    { title: 'ours', align: 'right' },
    { title: 'runs lie in', align: 'right' },
    { title: 'verdict' },
  ],
  rows: figures.map(renderFigureRow),
})}</details>`;
}

function renderFigureRow({ claim, decision, verdict, result }: TestedFigure): (string | Html)[] {
  const { statement, experiment, metric, part, bound, figure } = claim;
  const { seeds, users } = verdict ?? {};
  const name = statement === experiment ? experiment.slice(experiment.indexOf('/') + 1) : statement;
  return [
    html`${name} <small>${part === 'validation' ? `${metric}, validation` : metric}</small>`,
    bound === 'at least' ? `≥ ${figure}` : figure,
    result ? formatLike(result.mean, figure) : '–',
    seeds || !users
      ? html`<span class="pair">${formatInterval(seeds, false, 3)}</span>`
      : html`<small class="interval">users ${formatInterval(users, false, 3)}</small>`,
    renderDecision(decision),
  ];
}

/** Names what was not measured: claims, and how many published figures. */
function describeAbsent({ comparisons, figures }: TestedGroup): string {
  const claims = comparisons
    .filter(({ decision }) => decision === 'not measured')
    .map(({ claim: { statement, source, published } }) => {
      const note = published?.join(' : ') ?? source;
      return note === undefined ? statement : `${statement} (${note})`;
    });
  const absent = figures.filter(({ decision }) => decision === 'not measured').length;
  const counted = absent === 0 ? [] : [`${absent} published ${absent === 1 ? 'figure' : 'figures'}`];
  return `Not measured: ${[...claims, ...counted].join('; ')}.`;
}

function describeOpen({ title, comparisons, figures }: TestedGroup): string {
  const count = comparisons.length + figures.length;
  return `${title} (${count} ${count === 1 ? 'claim or figure' : 'claims and figures'})`;
}
