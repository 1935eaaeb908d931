import { describe, expect, it } from 'vitest';
import { groupByProtocol } from '../result-tables.js';
import { renderModelsSection } from './models-section.js';
import { sample } from './sample.fixture.js';

const baseline = {
  ...sample.results[0]!,
  experiment: 'sample/grid-popularity',
  name: 'sample / hold-out-users / popularity',
  training: undefined,
  published: {},
  metrics: { 'ndcg@100': { mean: 0.2, standardError: 0.01, values: [0.2] } },
};
const worse = { ...baseline, experiment: 'sample/grid-random', name: 'sample / hold-out-users / random' };
const render = (results: readonly (typeof baseline | (typeof sample.results)[number])[]) =>
  renderModelsSection(groupByProtocol(results as typeof sample.results)).body.html;
const listNames = (html: string) => Array.from(html.matchAll(/data-name="([^"]*)"/g), ([, name]) => name);

describe('renderModelsSection', () => {
  it('orders models by score, without the words that all begin with, and marks the baseline', () => {
    const html = render([baseline, ...sample.results]);
    expect(listNames(html)).toEqual(['200-vae', '200-dae', '100-vae', '100-dae', '50-vae', 'popularity']);
    expect(html).toContain('popularity<wbr> <span class="baseline">baseline</span>');
    // 0.441 / 0.2
    expect(html).toContain('Best: 200-vae 0.4410, 121 % above the baseline.');
  });

  it('folds all but six, never the baseline', () => {
    const more = [7, 8, 9].map((at) => ({ ...sample.results[0]!, experiment: `sample/grid-${at}` }));
    const [open, folded] = render([...sample.results, ...more, baseline]).split('<details class="rest">');
    expect(listNames(open!)).toHaveLength(7);
    expect(listNames(open!)).toContain('popularity');
    expect(listNames(folded!)).toHaveLength(2);
  });

  it('draws errors over seeds and over users apart, and what is worse than the baseline as an arrow', () => {
    const random = { ...worse, metrics: { 'ndcg@100': { mean: 0.01, standardError: null, values: [0.01] } } };
    const html = render([...sample.results, baseline, random]);
    const row = (name: string) => html.slice(html.indexOf(`data-name="${name}"`)).split('</tr>')[0]!;
    expect(row('200-vae')).toContain('class="seeds"');
    expect(row('200-vae')).not.toContain('class="users"');
    expect(row('popularity')).toContain('class="users"');
    expect(row('popularity')).toContain('<title>0.2000, over users 0.1804 to 0.2196</title>');
    expect(row('random')).toContain('class="mean" d="M0 9l7');
  });

  it('puts errors of ratings in ascending order', () => {
    const toError = (mean: number, experiment: string) => ({
      ...baseline,
      experiment,
      metrics: { rmse: { mean, standardError: null, values: [mean] } },
    });
    const html = renderModelsSection(
      groupByProtocol([toError(0.9, 'a/x'), toError(0.5, 'a/y')] as unknown as typeof sample.results),
    ).body.html;
    expect(listNames(html)).toEqual(['y', 'x']);
    expect(html).toContain('(smaller is better)');
  });

  it('leaves out protocols with a single experiment, and says so', () => {
    expect(render([sample.results[0]!])).toContain('One protocol with a single experiment');
  });
});
