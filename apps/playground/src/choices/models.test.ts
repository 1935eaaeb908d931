import { describe, expect, it } from 'vitest';
import { getModel, type ModelName, models } from './models.js';

describe('models of the menu', () => {
  it.each(Object.keys(models) as ModelName[])('are restored from the protocol of a file: %s', (name) => {
    const { create, restore } = getModel(name);
    const { protocol } = create({ dim: 12 });
    expect(protocol['name']).toBe(name);
    expect(restore(JSON.parse(JSON.stringify(protocol))).protocol).toEqual(protocol);
  });
});
