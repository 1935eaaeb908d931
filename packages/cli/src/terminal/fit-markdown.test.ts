import { markdownTable } from 'markdown-table';
import { describe, expect, it } from 'vitest';
import { fitMarkdown } from './fit-markdown.js';

const text = `Split \`leave-last-out\`\n\n${markdownTable(
  [
    ['experiment', 'mrr published', 'mrr', 'protocol'],
    ['talk/popularity', '–', '0.0123 ± 0.0004', '`0123456789ab`'],
    ['talk/factorization-bpr', '0.08', '0.0712 ± 0.0012', '`0123456789ab`'],
  ],
  { align: ['l', 'r', 'r', 'l'] },
)}`;

describe('fitMarkdown', () => {
  it('aligns columns', () => {
    expect(fitMarkdown(text, 100)).toMatchInlineSnapshot(`
      "Split leave-last-out

      experiment              mrr published              mrr  protocol
      ──────────────────────  ─────────────  ───────────────  ────────────
      talk/popularity                     –  0.0123 ± 0.0004  0123456789ab
      talk/factorization-bpr           0.08  0.0712 ± 0.0012  0123456789ab"
    `);
  });

  it('drops optional columns where there is no room for them', () => {
    expect(fitMarkdown(text, 60, ['protocol'])).toMatchInlineSnapshot(`
      "Split leave-last-out

      experiment              mrr published              mrr
      ──────────────────────  ─────────────  ───────────────
      talk/popularity                     –  0.0123 ± 0.0004
      talk/factorization-bpr           0.08  0.0712 ± 0.0012"
    `);
  });

  it('wraps cells where that is not enough', () => {
    expect(fitMarkdown(text, 46, ['protocol'])).toMatchInlineSnapshot(`
      "Split leave-last-out

      experiment      mrr published              mrr
      ──────────────  ─────────────  ───────────────
      talk/                       –  0.0123 ± 0.0004
      popularity
      talk/                    0.08  0.0712 ± 0.0012
      factorization-
      bpr"
    `);
  });

  it('shows row by row what cannot be wrapped', () => {
    expect(fitMarkdown(text, 30)).toMatchInlineSnapshot(`
      "Split leave-last-out

      talk/popularity
        mrr published  –
        mrr            0.0123 ±
                       0.0004
        protocol       0123456789ab
      talk/factorization-bpr
        mrr published  0.08
        mrr            0.0712 ±
                       0.0012
        protocol       0123456789ab"
    `);
  });

  it('never exceeds the width', () => {
    for (const width of [30, 46, 60, 80, 100])
      for (const line of fitMarkdown(text, width, ['protocol']).split('\n'))
        expect(line.length).toBeLessThanOrEqual(width);
  });
});
