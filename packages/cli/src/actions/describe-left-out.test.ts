import { describe, expect, it } from 'vitest';
import { describeLeftOut } from './describe-left-out.js';

describe('describeLeftOut', () => {
  it('has a line per part from which something was left out', () => {
    const nothing = { users: 0, items: 0, interactions: 0 };
    expect(describeLeftOut(undefined)).toBe('');
    expect(describeLeftOut({ test: nothing, validation: { users: 1, items: 0, interactions: 3 } })).toBe(
      '\n  left out of the validation part: 1 user without training interactions (3 interactions)',
    );
    expect(describeLeftOut({ test: { users: 2, items: 3, interactions: 1 } })).toBe(
      '\n  left out of the test part: 2 users and 3 items without training interactions (1 interaction)',
    );
  });

  it('names items with training interactions where those without are ranked', () => {
    expect(describeLeftOut({ test: { users: 2, items: 3, interactions: 7 } }, true)).toBe(
      '\n  left out of the test part: 2 users without training interactions, 3 items with training interactions ' +
        '(7 interactions)',
    );
    expect(describeLeftOut({ test: { users: 2, items: 0, interactions: 7 } }, true)).toBe(
      '\n  left out of the test part: 2 users without training interactions (7 interactions)',
    );
  });
});
