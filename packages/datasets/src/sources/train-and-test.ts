import { invalid } from '@footlight/core';
import { concatenateInteractions } from '../concatenate-interactions.js';
import { type CodedTexts, numberIds, type SourceIds } from '../readers/number-ids.js';
import type { Dataset, Interactions, OriginalIds } from '../types.js';
import { OWN_DATA } from './own-data.js';

/**
 * A fixed pair of training and test data, e.g. two files: a dataset with the partition that `publishedSplit` follows.
 *
 * Users and items are the same in both where their original ids are. Interactions without weights
 * count 1. If the times of both are positions (`interactionLists` with `order: 'time'`), the test interactions of a
 * user follow those of the same user in train.
 *
 * @throws {RecsysError} `invalid-argument` if only one of the two has ratings or times; from `load`, if one has titles
 *   or features, which cannot be joined
 * @example
 * const dataset = trainAndTest(
 *   table({ path: 'train.csv', user: 'userId', item: 'movieId' }),
 *   table({ path: 'test.csv', user: 'userId', item: 'movieId' }),
 * );
 * const split = publishedSplit();
 */
export function trainAndTest(train: Dataset, test: Dataset): Dataset {
  for (const column of ['ratings', 'timestamps'] as const) {
    if (train.columns[column] === test.columns[column]) continue;
    const one = train.columns[column] ? 'training' : 'test';
    const hint = `Name the column of both, or leave it out in both.`;
    invalid('trainAndTest', `${column} in both data sets or in neither`, `${column} in the ${one} data only`, hint);
  }
  const isOwn = train.protocol === OWN_DATA && test.protocol === OWN_DATA;
  return {
    name: `train-and-test(${train.name}, ${test.name})`,
    protocol: isOwn ? OWN_DATA : { source: 'train-and-test', train: train.protocol, test: test.protocol },
    columns: train.columns,
    drawn: train.drawn === true || test.drawn === true,
    archives: [...(train.archives ?? []), ...(test.archives ?? [])],
    async load(options) {
      const [one, other] = [await train.load(options), await test.load(options)];
      return joinParts(one, other);
    },
  };
}

function joinParts(train: Interactions, test: Interactions): Interactions {
  for (const { itemTitles, userFeatures, itemFeatures, itemVectors } of [train.catalogue, test.catalogue])
    if (itemTitles || userFeatures || itemFeatures || itemVectors)
      invalid('trainAndTest', 'datasets of interactions only', 'titles or features', 'Leave them out.');
  if (!train.positions !== !test.positions)
    invalid('trainAndTest', 'times of one kind', 'positions in lists and times', 'Read both in the same way.');
  const count = train.users.length;
  const users = numberIds(
    joinIds(train.catalogue.userIds, train.users, test.catalogue.userIds, test.users),
    'ascending',
  );
  const items = numberIds(
    joinIds(train.catalogue.itemIds, train.items, test.catalogue.itemIds, test.items),
    'ascending',
  );
  const catalogue = {
    userCount: users.originals.length,
    itemCount: items.originals.length,
    userIds: users.originals,
    itemIds: items.originals,
  };
  const timestamps = train.positions && continuePositions(train, test, users.ids);
  return {
    ...concatenateInteractions({ ...train, ...weigh(train, test), catalogue }, { ...test, ...weigh(test, train) }),
    users: users.ids,
    items: items.ids,
    parts: new Uint8Array(users.ids.length).fill(1, count),
    ...(timestamps && { timestamps }),
  };
}

/** The positions of both, those of a user in test counted on from the last one in train. */
function continuePositions(train: Interactions, test: Interactions, users: Int32Array): Float64Array {
  const count = train.users.length;
  const next = new Float64Array(users.length); // by user
  for (let row = 0; row < count; row++) next[users[row]!] = Math.max(next[users[row]!]!, train.timestamps![row]! + 1);
  return Float64Array.from(users, (user, row) =>
    row < count ? train.timestamps![row]! : next[user]! + test.timestamps![row - count]!,
  );
}

/** Weights of 1 for interactions without weights, where the others have some: without weights, all count the same. */
function weigh({ users, weights }: Interactions, others: Interactions): Pick<Interactions, 'weights'> {
  return weights || !others.weights ? {} : { weights: new Float32Array(users.length).fill(1) };
}

/** The original ids of the rows of both: numbers if both have numbers, else texts. */
function joinIds(ids: OriginalIds, rows: Int32Array, otherIds: OriginalIds, otherRows: Int32Array): SourceIds {
  const isNumber = ArrayBuffer.isView(ids) && ArrayBuffer.isView(otherIds);
  return isNumber ? joinNumbers(ids, rows, otherIds, otherRows) : joinTexts(ids, rows, otherIds, otherRows);
}

function joinNumbers(
  ids: Int32Array | Float64Array,
  rows: Int32Array,
  otherIds: Int32Array | Float64Array,
  otherRows: Int32Array,
): SourceIds {
  const length = rows.length + otherRows.length;
  const isSmall = ids instanceof Int32Array && otherIds instanceof Int32Array;
  const joined = isSmall ? new Int32Array(length) : new Float64Array(length);
  for (let row = 0; row < rows.length; row++) joined[row] = ids[rows[row]!]!;
  for (let row = 0; row < otherRows.length; row++) joined[rows.length + row] = otherIds[otherRows[row]!]!;
  return joined;
}

function joinTexts(ids: OriginalIds, rows: Int32Array, otherIds: OriginalIds, otherRows: Int32Array): CodedTexts {
  const codeByText = new Map<string, number>();
  const toCodes = (originals: OriginalIds): Int32Array =>
    Int32Array.from(originals as readonly (string | number)[], (id) => {
      const code = codeByText.get(String(id)) ?? codeByText.size;
      codeByText.set(String(id), code);
      return code;
    });
  const [codes, otherCodes] = [toCodes(ids), toCodes(otherIds)];
  const joined = new Int32Array(rows.length + otherRows.length);
  for (let row = 0; row < rows.length; row++) joined[row] = codes[rows[row]!]!;
  for (let row = 0; row < otherRows.length; row++) joined[rows.length + row] = otherCodes[otherRows[row]!]!;
  return { codes: joined, texts: [...codeByText.keys()] };
}
