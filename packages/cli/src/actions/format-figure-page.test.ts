import { expect, it } from 'vitest';
import { formatFigurePage } from './format-figure-page.js';

it('formatFigurePage shows each figure below the command that drew them', () => {
  const figure = { id: 'width-1f', title: 'ndcg@100 against width', description: 'Mult-DAE cannot be told apart.' };
  expect(formatFigurePage([figure], ['mult-vae/ml-1m-2999-*'], 'figures')).toMatchInlineSnapshot(`
    "# Figures

    Drawn from stored results with

    \`\`\`sh
    footlight report 'mult-vae/ml-1m-2999-*' --figures figures
    \`\`\`

    ## ndcg@100 against width

    Mult-DAE cannot be told apart.

    ![ndcg@100 against width](width-1f.svg)
    "
  `);
});
