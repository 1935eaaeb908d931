import { type OptionEntry, option } from './component.js';

// Options that several kinds of models share.

export const dim: OptionEntry = option('dim', 'integer', 'length of the vectors', { preset: 64 });
export const biases: OptionEntry = option('biases', 'boolean', 'whether each item (and user) has a learned bias', {
  default: 'true',
});
export const vectors = (name: string, of: string, fallback = 'scaled'): OptionEntry =>
  option(name, 'embedding', `vectors of ${of}: scaled, uniform, bloom, feature or zero`, { default: fallback });
export const itemVectors: OptionEntry = vectors('itemEmbedding', 'items');
