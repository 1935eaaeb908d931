import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { studies } from '../study/studies.fixture.js';
import { renderReport } from './render-report.js';
import { reportScript } from './report-script.js';
import { hostileTitle, sample } from './sample.fixture.js';

describe('renderReport', () => {
  it('shows published values, results with intervals, seeds, backend and protocol', () => {
    const page = renderReport(sample);
    const [row] = page.match(/<tr><th scope="row">sample\/<wbr>grid-50-vae<\/th>.*?<\/tr>/)!;
    // three seeds: 0.411 ± 4.303 · 0.0006 = 0.4084 … 0.4136
    expect(row).toContain(
      '<td class="number">0.424</td><td class="number">0.4110 ± 0.0006<br><small>0.4084 … 0.4136</small></td>',
    );
    expect(row).toContain('<td class="number">3</td><td>cpu</td><td><code>0123456789ab</code></td>');
  });

  it('shows the figures of the write-up for experiments with the data that they need', () => {
    const page = renderReport(sample);
    const titles = Array.from(page.matchAll(/<figcaption><strong>(.*?)<\/strong>/g), ([, title]) => title);
    const where = 'sample · minimum-rating · hold-out-users';
    expect(titles).toEqual(
      expect.arrayContaining([
        `Training loss, ${where}`,
        `ndcg@100 (validation), ${where}`,
        `ndcg@100 against β up to 1.00, ${where}`,
        `ndcg@100 against width, ${where}`,
        `ndcg@100 (validation) against training loss, ${where}`,
        `ndcg@100 (test) against training loss, ${where}`,
        `recall@20 against activity, ${where}`,
        'ndcg@100: difference to grid-200-vae',
      ]),
    );
    // β rises to 1 over 26 epochs
    const best = sample.results[0]!.runs[0]!.validation!['ndcg@100']!.reduce<number>(
      (one, value, epoch, all) => (value! > all[one]! ? epoch : one),
      0,
    );
    expect(page).toContain(`grid-50-vae: best after epoch ${best} at β = ${((best + 1) / 26).toFixed(2)}`);
    expect(page).toContain('mult-vae is best with 200 units: 0.4410. mult-dae is best with 200 units: 0.4410.');
  });

  it('compares widths only of trainings that are otherwise equal', () => {
    const longer = sample.results.map((result) =>
      result.experiment === 'sample/grid-200-vae'
        ? { ...result, training: { ...result.training!, epochs: 99 } }
        : result,
    );
    const page = renderReport({ ...sample, results: longer });
    expect(page).toContain('These trainings differ only in the width. mult-vae is best with 100 units: 0.4210.');
  });

  it('gives the same page for the same content, without references to other files', () => {
    const page = renderReport(sample);
    expect(renderReport(structuredClone(sample))).toBe(page);
    expect(page.replace(/<script>.*<\/script>/s, '')).not.toMatch(
      /<(script|link|img|iframe)\b|@import|url\(|\b(src|href)="(?!#)/,
    );
    expect(page.match(/<script/g)).toHaveLength(1);
    expect(page).toContain(`script-src 'sha256-${createHash('sha256').update(reportScript).digest('base64')}'`);
    expect(page.length).toBeLessThan(3e6);
  });

  it('escapes titles and marks test items', () => {
    const page = renderReport(sample);
    expect(page).not.toContain(hostileTitle);
    expect(page).toContain(
      '&lt;img src=x onerror=&quot;console.error(&#39;run&#39;)&quot;&gt; &amp; &#39;Amélie&#39; (2001)',
    );
    expect(page).toContain('<li>Alien (1979) <b>✓ test item</b></li>');
  });

  it('shows studies after the results, or alone, and escapes their names', () => {
    const page = renderReport({ ...sample, studies });
    const titles = Array.from(page.matchAll(/<h2 [^>]*>(.*?)<\/h2>/g), ([, title]) => title);
    expect(titles.slice(-5)).toEqual([
      'Studies',
      'Study conditional',
      'Study &lt;img src=x onerror=&quot;console.error(1)&quot;&gt;',
      'Study empty',
      'Environment',
    ]);
    expect(page).toContain('3 studies with 47 trials.');
    const alone = renderReport({ ...sample, results: [], values: [], recommendations: [], studies });
    expect(alone).not.toContain('No results yet');
    expect(alone).not.toMatch(/<(script|img)\b/);
    expect(renderReport({ ...sample, studies: structuredClone(studies) })).toBe(page);
  });

  it('shows what to run in sections without content', () => {
    const empty = renderReport({ ...sample, results: [], values: [], recommendations: [] });
    expect(empty).toContain('<code>footlight run latest-small/popularity latest-small/factorization-bpr</code>');
    const solved = sample.results
      .slice(0, 1)
      .map(({ training, ...result }) => ({ ...result, runs: [{ seed: 42, losses: [] }] }));
    const bare = renderReport({ ...sample, results: solved, values: [], recommendations: [] });
    // curves, three of the write-up, users, pairs, recommendations
    expect(bare.match(/class="missing"/g)).toHaveLength(7);
  });
});
