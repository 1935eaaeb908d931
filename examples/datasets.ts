import { createRng } from '@footlight/core';
import { kCore, leaveLastOut, movielens, readFeatureNames, uniformNegatives } from '@footlight/datasets';

const rng = createRng(42);
const all = await movielens('latest-small').load({ rng: rng.fork('dataset') });
const filtered = kCore({ minimum: 5 }).apply(all);
const { train, validation, test } = leaveLastOut().split(filtered, rng.fork('split'));
const parts = { all, filtered, train, validation: validation!.targets, test: test.targets };
for (const [name, { users, catalogue }] of Object.entries(parts)) {
  console.log(name.padEnd(10), users.length, 'ratings,', catalogue.userCount, 'users,', catalogue.itemCount, 'items');
}

// Users and items have dense ids 0, 1, 2, …. The catalogue has the original ids, titles and features.
const item = train.items[0]!;
console.log(`item ${item}: original id ${train.catalogue.itemIds[item]}, ${train.catalogue.itemTitles?.[item]}`);
console.log('features:', readFeatureNames(train.catalogue.itemFeatures!, item).join(', '));

const sampler = uniformNegatives({ count: 3 }).prepare(train);
console.log('negatives:', sampler.sample(Int32Array.of(0), Int32Array.of(item), rng.fork('negatives')));
