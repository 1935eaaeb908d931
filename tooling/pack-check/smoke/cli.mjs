import assert from 'node:assert/strict';
import * as footlight from 'footlight';

// A name that two packages export would be left out without a word.
for (const name of ['core', 'datasets', 'engine', 'layers', 'losses', 'metrics', 'models', 'report', 'trainer'])
  for (const exported of Object.keys(await import(`@footlight/${name}`))) assert.ok(exported in footlight, exported);
