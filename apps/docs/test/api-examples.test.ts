import { describe, expect, it } from 'vitest';
import { checkTypes } from '../src/blocks/check-types.js';
import { readApiExamples } from './api-examples.js';

describe('the examples of the API reference', () => {
  it('compile in strict mode', () => {
    const examples = readApiExamples();
    expect(examples.length).toBeGreaterThan(80);
    expect(checkTypes(examples)).toEqual([]);
  });
});
