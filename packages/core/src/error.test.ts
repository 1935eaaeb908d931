import { describe, expect, it } from 'vitest';
import { invalid, RecsysError } from './error.js';

describe('invalid', () => {
  it('has a message with the place, the expected value, the received value and a hint', () => {
    expect(() =>
      invalid('sasrec(length)', 'at least 2', 1, 'The last item is the target.'),
    ).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: sasrec(length): expected at least 2, received 1. The last item is the target.]`,
    );
  });

  it('ends the message after the received value if there is no hint', () => {
    expect(() => invalid('ndcg(at)', 'a positive integer', undefined)).toThrowErrorMatchingInlineSnapshot(
      `[RecsysError: ndcg(at): expected a positive integer, received undefined.]`,
    );
  });

  it('can be used in an expression', () => {
    const absent = undefined as number | undefined;
    expect(() => absent ?? invalid('x', 'a number', absent)).toThrow(RecsysError);
  });
});

describe('RecsysError', () => {
  it('has a code and a cause', () => {
    const cause = new Error('disk full');
    const error = new RecsysError('cache', 'cache: expected space, received none.', { cause });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ name: 'RecsysError', code: 'cache', cause });
  });

  it('has the code invalid-argument if invalid throws it', () => {
    try {
      invalid('x', 'y', 'z');
    } catch (error) {
      expect(error).toMatchObject({ code: 'invalid-argument' });
    }
    expect.assertions(1);
  });
});
