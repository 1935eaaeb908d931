import { describe, expect, it } from 'vitest';
import type { QueryValues } from '../query-values.js';
import { groupByProtocol } from '../result-tables.js';
import { sample } from './sample.fixture.js';
import { renderUsersSection } from './users-section.js';

const groups = groupByProtocol(sample.results);

describe('renderUsersSection', () => {
  it('draws a metric against activity and against popularity', () => {
    const values = new Map(sample.values.map((each): [string, QueryValues] => [each.experiment, each]));
    const { html } = renderUsersSection(groups, values).body;
    expect(html.match(/<figure>/g)).toHaveLength(2);
    expect(html).toContain('recall@20 against activity');
    expect(html).toContain('recall@20 against popularity');
  });

  it('says what to run where results lack both', () => {
    const values = sample.values.map(({ activity: _, popularity: __, ...rest }) => rest);
    const { html } = renderUsersSection(groups, new Map(values.map((each) => [each.experiment, each]))).body;
    expect(html).toContain('Results of earlier versions lack both.');
  });
});
