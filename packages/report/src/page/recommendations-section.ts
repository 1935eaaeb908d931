import { renderHint, renderTable, type Section } from './elements.js';
import { emptyHtml, type Html, html } from './html.js';
import type { SampleRecommendations, SampleUser } from './sample-recommendations.js';

/** Lists with titles, for a few people: whether they make sense is for the reader to say. */
export function renderRecommendationsSection(recommendations: readonly SampleRecommendations[]): Section {
  return {
    id: 'recommendations',
    title: 'Recommendations',
    body:
      recommendations.length === 0
        ? renderHint(
            'Rows on the data that come along have lists here: `footlight run latest-small/factorization-bpr`.',
          )
        : html`<p>Models on the data that come along, trained again for this report with the first seed of their rows, and asked about three people of the test part.</p>
${recommendations.map(renderProtocol)}`,
  };
}

function renderProtocol({ protocol, models, users }: SampleRecommendations): Html {
  return html`<h3>${protocol}</h3>
${renderTable({
  caption: 'Models that were asked',
  columns: ['row', 'model', 'seed', 'backend', 'reached'].map((title) => ({ title })),
  rows: models.map(({ experiment, name, seed, backend, score }) => [experiment, name, String(seed), backend, score]),
})}
${users.map(renderUser)}`;
}

const longest = 5;

function renderUser({ user, knownCount, liked, heldOut, lists }: SampleUser): Html {
  const more = heldOut.length > longest ? ` and ${heldOut.length - longest} more` : '';
  return html`<section class="person"><h4>User ${user}</h4>
<p>${knownCount} films known. Kept for the test: ${heldOut.slice(0, longest).map((title, at) => html`${at > 0 ? ', ' : ''}<i>${title}</i>`)}${more}.</p>
<div class="lists"><div><strong>Rated highest, the last ones first</strong><ul>${liked.map((title) => html`<li>${title}</li>`)}</ul></div>
${lists.map(({ experiment, titles }) => html`<div><strong>${experiment}</strong><ol>${titles.map((title) => html`<li>${title}${heldOut.includes(title) ? html` <b>✓ in the test</b>` : emptyHtml}</li>`)}</ol></div>`)}
</div></section>`;
}
