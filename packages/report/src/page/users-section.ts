import { formatProtocolTitle } from '../format-protocol-title.js';
import type { QueryValues } from '../query-values.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { createActivityFigures } from './activity-figures.js';
import { renderFigures, renderHint, type Section } from './elements.js';
import { html } from './html.js';

/** For whom and with which items models do well: a metric against the activity of users and the popularity of items. */
export function renderUsersSection(
  groups: readonly ResultGroup<StoredResult>[],
  values: ReadonlyMap<string, QueryValues>,
): Section {
  const drawn = groups
    .map((group) => ({ group, figures: createActivityFigures(group, values) }))
    .filter(({ figures }) => figures.length > 0);
  return {
    id: 'users',
    title: 'Users and items',
    body:
      drawn.length === 0
        ? renderHint(
            'This section shows hits against the activity of users and the popularity of items. Results of earlier ' +
              'versions lack both. Run an experiment: `footlight run latest-small/factorization-bpr`.',
          )
        : html`<p>${explanation}</p>
${drawn.map(
  ({ group: [{ experiment, protocol }], figures }) =>
    html`<div data-filter><h3>${experiment.split('/')[0]!}: ${formatProtocolTitle(protocol)}</h3>
${renderFigures(figures)}</div>`,
)}`,
  };
}

const explanation =
  'Users, or queries where users have several, in five groups of about equal size: by the number of interactions ' +
  'that the model reads of them, and by how often their test items occur in the training data. Means over users ' +
  'and seeds; models that are good with popular items alone fall to the left.';
