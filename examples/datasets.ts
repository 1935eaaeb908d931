import { createRng } from '@footlight/core';
import { kCore, leaveLastOut, movielens, readFeatureNames, uniformNegatives } from '@footlight/datasets';

const rng = createRng(42);
const all = await movielens('latest-small').load({ rng: rng.fork('dataset') });
const kept = kCore({ minimum: 5 }).apply(all);
const { train, validation, test } = leaveLastOut().split(kept, rng.fork('split'));
for (const [name, { users, catalogue }] of Object.entries({
  all,
  kept,
  train,
  validation: validation!.targets,
  test: test.targets,
})) {
  console.log(name.padEnd(10), users.length, 'ratings,', catalogue.userCount, 'users,', catalogue.itemCount, 'items');
}

// Ids are dense; the catalogue knows what they were, and their titles and features.
const item = train.items[0]!;
console.log(item, 'was', train.catalogue.itemIds[item], train.catalogue.itemTitles?.[item]);
console.log('it has', readFeatureNames(train.catalogue.itemFeatures!, item).join(', '));
console.log(
  'negatives',
  uniformNegatives({ count: 3 }).prepare(train).sample(Int32Array.of(0), Int32Array.of(item), rng.fork('negatives')),
);
