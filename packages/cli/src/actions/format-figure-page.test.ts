import { expect, it } from 'vitest';
import { formatFigurePage } from './format-figure-page.js';

it('formatFigurePage names studies in the command, and escapes their names', () => {
  const figure = { id: 'b', title: 'value by <b>', description: 'a|b' };
  const page = formatFigurePage([figure], [], 'figures', ["it's.log", 'two']);
  expect(page).toContain("footlight report --study 'it'\\''s.log' --study two --figures figures");
  expect(page).toContain('## value by &lt;b>\n\na\\|b\n\n![value by &lt;b>](b.svg)');
});

it('formatFigurePage shows each figure below the command that drew them', () => {
  const figure = { id: 'width-1f', title: 'ndcg@100 against width', description: 'Mult-DAE cannot be told apart.' };
  expect(formatFigurePage([figure], ['mult-vae/ml-1m-2999-*'], 'figures')).toMatchInlineSnapshot(`
    "# Figures

    Drawn with

    \`\`\`sh
    footlight report 'mult-vae/ml-1m-2999-*' --figures figures
    \`\`\`

    ## ndcg@100 against width

    Mult-DAE cannot be told apart.

    ![ndcg@100 against width](width-1f.svg)
    "
  `);
});
