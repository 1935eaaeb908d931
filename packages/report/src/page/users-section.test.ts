import { describe, expect, it } from 'vitest';
import { sample } from './sample.fixture.js';
import { renderUsersSection } from './users-section.js';

const [values] = sample.values;

describe('renderUsersSection', () => {
  it('counts users, and queries where users have several', () => {
    const byUser = renderUsersSection([values!]).body.html;
    expect(byUser).toContain('ndcg@100 by user');
    expect(byUser).toContain('53 users. The median');
    const queryUsers = values!.users.map((query) => Math.floor(query / 10));
    const byQuery = renderUsersSection([{ ...values!, queryUsers }]).body.html;
    expect(byQuery).toContain('ndcg@100 by query');
    expect(byQuery).toContain('53 queries of 6 users. The median');
    expect(byQuery).toContain('queries (%)');
  });
});
