import { renderHint, renderTable, type Section } from './elements.js';
import { emptyHtml, type Html, html } from './html.js';
import type { SampleRecommendations, SampleUser } from './sample-recommendations.js';

/** Recommendations with titles for a few test users, as a plausibility check by eye. */
export function renderRecommendationsSection(recommendations: readonly SampleRecommendations[]): Section {
  return {
    id: 'recommendations',
    title: 'Recommendations',
    body:
      recommendations.length === 0
        ? renderHint(
            'This section shows recommendations of experiments on the bundled dataset. ' +
              'Run one: `footlight run latest-small/factorization-bpr`.',
          )
        : html`<p>${explanation}</p>
${recommendations.map(renderProtocol)}`,
  };
}

const explanation =
  'Recommendations for three test users. ' +
  'The models were trained again for this report on the bundled dataset, with the first seed of each experiment.';

function renderProtocol({ protocol, models, users }: SampleRecommendations): Html {
  return html`<h3>${protocol}</h3>
${renderTable({
  caption: 'Models',
  columns: ['experiment', 'model', 'seed', 'backend', 'score'].map((title) => ({ title })),
  rows: models.map(({ experiment, name, seed, backend, score }) => [experiment, name, String(seed), backend, score]),
})}
${users.map(renderUser)}`;
}

const longest = 5;

function renderUser({ user, knownCount, liked, heldOut, lists }: SampleUser): Html {
  const testItems = heldOut.slice(0, longest).map((title, at) => html`${at > 0 ? ', ' : ''}<i>${title}</i>`);
  const best = liked.map((title) => renderTitle(title));
  const mark = (title: string) => (heldOut.includes(title) ? html` <b>✓ test item</b>` : emptyHtml);
  const more = heldOut.length > longest ? ` and ${heldOut.length - longest} more` : '';
  return html`<section class="user"><h4>User ${user}</h4>
<p>${knownCount} known interactions. Test items: ${testItems}${more}.</p>
<div class="lists"><div><strong>Rated highest, most recent first</strong><ul>${best}</ul></div>
${lists.map(
  ({ experiment, titles }) =>
    html`<div><strong>${experiment}</strong><ol>${titles.map((title) => renderTitle(title, mark(title)))}</ol></div>`,
)}
</div></section>`;
}

function renderTitle(title: string, mark: Html = emptyHtml): Html {
  return html`<li>${title}${mark}</li>`;
}
