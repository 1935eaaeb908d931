import type { Figure } from '../plots/figure.js';
import type { StoredResult } from '../result.js';
import type { ResultGroup } from '../result-tables.js';
import { renderFigures, renderHint, type Section } from './elements.js';
import { type Html, html } from './html.js';
import { createEpochLossFigures, createRunLossFigures } from './loss-figures.js';
import { createPenaltyFigures } from './penalty-figures.js';
import { createWidthFigures } from './width-figures.js';

/** The figures of the write-up on variational autoencoders, for each protocol with the data that they need. */
export function renderWriteUpSection(groups: readonly ResultGroup<StoredResult>[]): Section {
  const lossFigures = [...groups.flatMap(createEpochLossFigures), ...groups.flatMap(createRunLossFigures)];
  return {
    id: 'autoencoders',
    title: 'Penalty, width and loss',
    body: html`<p>${explanation}</p>
<h3>NDCG against β</h3>
<p>At which weight β of the KL divergence is the validation metric best? (Figure 2 of the write-up.)</p>
${renderFiguresOrHint(groups.flatMap(createPenaltyFigures), missingPenalties)}
<h3>NDCG against width</h3>
<p>Is a wider network better? (Figure 3 of the write-up.)</p>
${renderFiguresOrHint(groups.flatMap(createWidthFigures), missingWidths)}
<h3>Metric against loss</h3>
<p>${lossExplanation}</p>
${renderFiguresOrHint(lossFigures, missingLosses)}`,
  };
}

const explanation =
  'The analyses of the write-up on Mult-VAE and Mult-DAE, for all experiments with the data that they need.';
const lossExplanation =
  'Does the model with the lowest loss have the best metric? (Figure 4 of the write-up.) ' +
  'Losses are those of the held-out users where they were measured, else those of training; a figure contains only ' +
  'experiments with the same loss.';
const missingPenalties =
  'No experiment here has a penalty with a schedule. Run one: `footlight run mult-vae/latest-small-vae`.';
const missingWidths =
  'No autoencoders of different widths are here. ' +
  'Run two: `footlight run mult-vae/ml-1m-grid-50-dae mult-vae/ml-1m-grid-100-dae`.';
const missingLosses = 'No experiment here was trained. Run one: `footlight run latest-small/factorization-bpr`.';

function renderFiguresOrHint(contents: readonly Figure[], hint: string): Html {
  return contents.length === 0 ? renderHint(hint) : renderFigures(contents);
}
