// structure: valid arguments of every operation, one after the other.

/**
 * Valid arguments of every operation of the kernels, drawn at random: `createCalls(kernels, random)` has a function per
 * operation, which returns a list of `[name, value]`: options where the table of signatures has the operation, else
 * parameters in their order.
 */
import { signatures } from '../signatures.js';

/** Creates a generator of numbers (mulberry32). */
export function createRandom(seed) {
  let state = seed >>> 0;
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit) => Math.floor(next() * limit);
  const from = (low, high) => low + below(high - low + 1);
  const pick = (values) => values[below(values.length)];
  const chance = (probability) => next() < probability;
  const floats = (length) => Float32Array.from({ length }, () => next() * 2 - 1);
  const ids = (length, limit) => Int32Array.from({ length }, () => below(limit));
  /** Draws where each of `count` lists ends, which have `entries` entries together. */
  const offsets = (count, entries) =>
    Int32Array.of(
      0,
      ...Array.from({ length: Math.max(0, count - 1) }, () => from(0, entries)).sort((a, b) => a - b),
      ...(count > 0 ? [entries] : []),
    );
  return { next, below, from, pick, chance, floats, ids, offsets };
}

/** Whether an operation takes one object with named fields. */
export const takesOptions = (op) => op in signatures;

/** Whether an operation overwrites an array. */
export const isWritten = (op, name) =>
  ['firstSlot', 'secondSlot'].includes(name) ||
  signatures[op]?.checks.some((check) => check.name === name && check.isWritten) ||
  name?.startsWith('out');

export function createCalls(kernels, random) {
  const { from, pick, chance, floats, ids, offsets, below } = random;
  const maybe = (make) => (chance(0.5) ? make() : undefined);
  const size = () => pick([1, 1, 2, 3, 5, 7, 17]);
  const out = (length) => new Float32Array(length).fill(Number.NaN);
  const outInts = (length) => new Int32Array(length).fill(-7);
  const codes = { ...kernels.elementwiseNames(), reduce: kernels.reductionNames() };

  const multiply = () => {
    const [m, n, k] = [pick([0, size()]), size(), pick([0, size(), 64])];
    const sizes = [
      ['transposeA', chance(0.5)],
      ['transposeB', chance(0.5)],
      ['rows', m],
      ['columns', n],
      ['inner', k],
    ];
    return [
      ...sizes,
      ['a', floats(m * k)],
      ['b', floats(k * n)],
      ['out', chance(0.5) ? out(m * n) : floats(m * n)],
      ['accumulate', false],
      ['bias', maybe(() => floats(n))],
    ];
  };
  const pair = (makeValues, makeOut, name) => {
    const [rows, columns] = [size(), size()];
    const [a, b] = [makeValues(rows * columns), makeValues(columns)];
    const strides = Int32Array.of(rows, columns, columns, 1, 0, 1);
    return [
      ['code', below(codes[name].length)],
      ['a', a],
      ['b', b],
      ['out', makeOut(rows * columns)],
      ['strides', strides],
    ];
  };
  const bytes = (length) => Uint8Array.from({ length }, () => below(2));
  const bags = (rows) => {
    const entries = rows === 0 ? 0 : from(0, 20);
    return [
      ['offsets', offsets(from(1, 6), entries)],
      ['ids', ids(entries, rows)],
      ['weights', maybe(() => floats(entries))],
    ];
  };
  const unfolding = (isBack) => {
    const [batch, time, dim, width, dilation] = [from(0, 3), size(), size(), from(1, 4), from(1, 3)];
    const [short, long] = [batch * time * dim, batch * time * width * dim];
    return [
      ['x', floats(isBack ? long : short)],
      ['out', out(isBack ? short : long)],
      ...Object.entries({ batch, time, dim, width, dilation }),
    ];
  };
  const optimizer = () => ({
    name: pick(['sgd', 'adagrad', 'adam', 'adam-w']),
    learningRate: 0.1,
    momentum: pick([0, 0.9]),
    l2: pick([0, 0.1]),
    rows: pick(['lazy', 'dense']),
  });
  const ranking = (kind) => {
    const [query, item, dim] = [from(0, 5), pick([1, 2, 3, 40, 1100]), size()];
    const lists = (most) => {
      const each = Array.from({ length: query }, () => [...new Set(ids(from(0, most), item))]);
      const ends = each.map((_, at) => each.slice(0, at + 1).flat().length);
      return [Int32Array.of(0, ...ends), Int32Array.from(each.flat())];
    };
    const [[seenOffsets, seenIds], [relevantOffsets, relevantIds]] = [lists(3), lists(6)];
    const [entries, top] = [relevantIds.length, from(0, Math.min(item, 10))];
    const rows = size();
    const [bagEntries, tableEntries] = [from(0, 8) * Math.min(1, query), from(0, 30)];
    const sparse = {
      ...{ rowOffsets: offsets(query, bagEntries), rowIds: ids(bagEntries, rows) },
      ...{ rowWeights: maybe(() => floats(bagEntries)), tableOffsets: offsets(rows, tableEntries) },
      ...{ tableIds: ids(tableEntries, item), tableWeights: maybe(() => floats(tableEntries)) },
    };
    const scores =
      kind === 'sparse'
        ? { ...sparse, queryCount: query, itemCount: item }
        : kind === 'rows'
          ? { scores: floats(query * item), queryCount: query, itemCount: item }
          : {
              ...{ vectors: floats(query * dim), table: floats(item * dim), bias: maybe(() => floats(item)) },
              ...{ queryCount: query, itemCount: item, dim },
            };
    return Object.entries({
      ...scores,
      ...{ seenOffsets, seenIds, relevantOffsets, relevantIds, seenLast: chance(0.5), top },
      ...{ outRanks: outInts(entries), outBestRanks: outInts(entries), outWorstRanks: outInts(entries) },
      ...{ outFound: outInts(query), outCandidateCounts: outInts(query), outTop: outInts(query * top) },
      ...{ outTopScores: maybe(() => out(query * top)) },
    });
  };
  const targets = (query, item) => {
    const entries = from(0, 8) * Math.min(1, query);
    return { offsets: offsets(query, entries), ids: ids(entries, item), weights: maybe(() => floats(entries)) };
  };

  /** The same call with rows of a table as inputs. */
  const toRows = (entries) => {
    const { input: _, outInputGradient, ...others } = Object.fromEntries(entries);
    const { batch, time, inputDim } = others;
    const rows = from(1, 20);
    return Object.entries({
      ...{ table: floats(rows * inputDim), index: ids(batch * time, rows), rows, ...others },
      ...(outInputGradient ? { outTableGradient: out(rows * inputDim) } : {}),
    });
  };

  const sequence = (kind, isBack) => {
    const [batch, time, inputDim, dim] = [from(0, 14), from(1, 4), size(), size()];
    const [steps, gates, savedSize] = [
      batch * time,
      { lstm: 4, mLstm: 4, gru: 3 }[kind] * dim,
      { lstm: 4, mLstm: 5, gru: 4 }[kind] * dim,
    ];
    const [isM, isGru] = [kind === 'mLstm', kind === 'gru'];
    const sizes = { batch, time, inputDim, dim };
    const mask = maybe(() => Float32Array.from({ length: steps }, () => below(2)));
    const state = isGru ? { hidden: floats(batch * dim) } : { hidden: floats(batch * dim), cell: floats(batch * dim) };
    const weights = { input: floats(steps * inputDim), weight: floats(inputDim * gates) };
    const recurrent = { recurrent: floats(dim * gates) };
    if (!isBack) {
      const more = isM
        ? {
            multiplier: floats(steps * dim),
            recurrentMultiplier: floats(dim * dim),
            recurrentMultiplierBias: floats(dim),
          }
        : {};
      const biases = isGru ? { recurrentBias: floats(gates) } : {};
      const states = isGru
        ? { outHiddenStates: out(steps * dim) }
        : { outHiddenStates: out(steps * dim), outCellStates: maybe(() => out(steps * dim)) };
      return Object.entries({
        ...weights,
        bias: floats(gates),
        ...recurrent,
        ...biases,
        ...state,
        ...more,
        mask,
        ...sizes,
        ...states,
        outSaved: maybe(() => out(steps * savedSize)),
      });
    }
    const more = isM ? { multiplier: floats(steps * dim), recurrentMultiplier: floats(dim * dim) } : {};
    const saved = {
      hiddenStates: floats(steps * dim),
      ...(isGru ? {} : { cellStates: floats(steps * dim) }),
      saved: floats(steps * savedSize),
    };
    const gradients = isGru
      ? { hiddenGradients: floats(steps * dim) }
      : { hiddenGradients: maybe(() => floats(steps * dim)), cellGradients: maybe(() => floats(steps * dim)) };
    const outs = {
      outInputGradient: out(steps * inputDim),
      outWeightGradient: out(inputDim * gates),
      outBiasGradient: out(gates),
      outRecurrentGradient: out(dim * gates),
    };
    const last = isGru
      ? { outRecurrentBiasGradient: out(gates), outHiddenGradient: out(batch * dim) }
      : { outHiddenGradient: out(batch * dim), outCellGradient: out(batch * dim) };
    const multipliers = isM
      ? {
          outMultiplierGradient: out(steps * dim),
          outRecurrentMultiplierGradient: out(dim * dim),
          outRecurrentMultiplierBiasGradient: out(dim),
        }
      : {};
    return Object.entries({
      ...weights,
      ...recurrent,
      ...state,
      ...more,
      mask,
      ...saved,
      ...gradients,
      ...sizes,
      ...outs,
      ...last,
      ...multipliers,
    });
  };

  const attention = (isBack) => {
    const [batch, heads] = [from(0, 4), from(1, 3)];
    const dim = heads * size();
    const draw = () => {
      const all = new Int32Array(batch + 1);
      for (let row = 0; row < batch; row++) all[row + 1] = all[row] + from(0, chance(0.1) ? 60 : 6);
      return all;
    };
    const [stepOffsets, sourceOffsets] = [draw(), draw()];
    const [steps, sources] = [stepOffsets[batch] * dim, sourceOffsets[batch] * dim];
    const normalizers = stepOffsets[batch] * heads * 2;
    return Object.entries({
      ...{ queries: floats(steps), keys: floats(sources), values: floats(sources) },
      mask: maybe(() => floats(sourceOffsets[batch]).map(() => (chance(0.7) ? 1 : 0))),
      ...{ stepOffsets, sourceOffsets, dim, heads, causal: chance(0.5) },
      ...{ dropout: maybe(() => pick([0, 0.3, 0.9])), seed: maybe(() => from(0, 2 ** 32 - 1)) },
      ...(isBack
        ? {
            ...{ normalizers: floats(normalizers), means: floats(steps), gradients: floats(steps) },
            ...{ outQueryGradients: out(steps), outKeyGradients: out(sources), outValueGradients: out(sources) },
          }
        : { out: out(steps), outNormalizers: maybe(() => out(normalizers)) }),
    });
  };

  const normalization = (isBack) => {
    const [rows, dim] = [pick([0, 1, 5, 300]), size()];
    const shared = { x: floats(rows * dim), weight: floats(dim), rows, dim, epsilon: 1e-5 };
    return Object.entries({
      ...shared,
      ...(isBack
        ? {
            ...{ statistics: floats(rows * 2), gradients: floats(rows * dim), outXGradient: out(rows * dim) },
            ...{ outWeightGradient: out(dim), outBiasGradient: out(dim) },
          }
        : { bias: floats(dim), out: out(rows * dim), outStatistics: maybe(() => out(rows * 2)) }),
    });
  };

  // Factorizations with their tables, some on memory of the addon and some on memory of JavaScript.
  const createFactorization = () => {
    const options = {
      users: size(),
      items: from(1, 9),
      dim: size(),
      biases: chance(0.5),
      loss: {
        name: pick([
          'pointwise',
          'bpr',
          'sigmoid-bpr',
          'hinge',
          'adaptive-hinge',
          'warp',
          'logistic',
          'sampled-softmax',
        ]),
      },
      optimizer: optimizer(),
    };
    const { name, momentum } = options.optimizer;
    const slotCount = name.startsWith('adam') ? 2 : name === 'adagrad' || momentum > 0 ? 1 : 0;
    const allocate = (length) => (chance(0.8) ? kernels.zeros(length) : new Float32Array(length));
    const table = (length) => ({
      weights: allocate(length).fill(0.1),
      slots: Array.from({ length: slotCount }, () => allocate(length)),
    });
    const tables = () => ({
      user: table(options.users * options.dim),
      item: table(options.items * options.dim),
      ...(options.biases ? { userBias: table(options.users), itemBias: table(options.items) } : {}),
    });
    const queries = () => {
      const [count, negatives] = [from(1, 9), from(1, 4)];
      const batch = from(1, count);
      return {
        users: ids(count, options.users),
        positives: ids(count, options.items),
        negatives: ids(count * negatives, options.items),
        batch,
        factor: 1,
        outLosses: out(Math.ceil(count / batch)),
      };
    };
    return { options, tables, queries };
  };
  let current;
  const factorization = () => {
    if (!current || chance(0.1)) {
      const made = createFactorization();
      current = { ...made, bilinear: kernels.createBilinear(made.options), tables: made.tables() };
    }
    if (chance(0.1)) current.tables = createTables(current);
    return current;
  };
  const createTables = ({ tables }) =>
    Object.fromEntries(
      Object.entries(tables).map(([name, { weights, slots }]) => [
        name,
        { weights: kernels.zeros(weights.length), slots: slots.map(({ length }) => kernels.zeros(length)) },
      ]),
    );

  return {
    threads: () => [],
    elementwiseNames: () => [],
    reductionNames: () => [],
    zeros: () => [['length', size()]],
    fillUniform: () => [
      ['out', out(size())],
      ['state', ids(4, 2 ** 31)],
      ['low', -1],
      ['high', 1],
    ],
    fillNormal: () => [
      ['out', out(size())],
      ['state', ids(4, 2 ** 31)],
      ['mean', 0],
      ['deviation', 1],
    ],
    fillMask: () => [
      ['out', out(size())],
      ['state', ids(4, 2 ** 31)],
      ['rate', 0.5],
    ],
    sgemm: multiply,
    bgemm: multiply,
    batchedSgemm: () => {
      const [batch, m, n, k] = [from(0, 4), size(), size(), size()];
      const [strideA, strideB] = [pick([0, m * k]), pick([0, k * n])];
      return Object.entries({
        ...{ transposeA: chance(0.5), transposeB: chance(0.5), batch, rows: m, columns: n, inner: k },
        ...{
          a: floats(strideA === 0 ? m * k : batch * m * k),
          strideA,
          b: floats(strideB === 0 ? k * n : batch * k * n),
          strideB,
        },
        ...{ out: out(batch * m * n), accumulate: false },
      });
    },
    unary: () => {
      const length = from(0, 40);
      return [
        ['code', below(codes.unary.length)],
        ['x', floats(length)],
        ['out', out(length)],
        ['alpha', 0.5],
        ['beta', 1],
      ];
    },
    binary: () => pair(floats, out, 'binary'),
    compare: () =>
      pair(pick([floats, bytes, (length) => ids(length, 3)]), (length) => new Uint8Array(length), 'compare'),
    select: () => {
      const length = from(0, 40);
      return [
        ['condition', bytes(length)],
        ['a', floats(length)],
        ['b', floats(length)],
        ['out', out(length)],
      ];
    },
    reduce: () => {
      const [outer, count, inner] = [size(), size(), size()];
      return Object.entries({
        code: below(codes.reduce.length),
        x: floats(outer * count * inner),
        out: out(outer * inner),
        outer,
        count,
        inner,
        scale: 1,
      });
    },
    argReduce: () => {
      const [rows, columns] = [size(), size()];
      return Object.entries({ largest: chance(0.5), x: floats(rows * columns), out: outInts(rows), rows, columns });
    },
    unfoldSteps: () => unfolding(false),
    foldSteps: () => unfolding(true),
    cumulativeSum: () => {
      const [outer, steps, inner] = [size(), size(), size()];
      const length = outer * steps * inner;
      return Object.entries({
        x: floats(length),
        out: out(length),
        outer,
        steps,
        inner,
        exclusive: chance(0.5),
        reverse: chance(0.5),
      });
    },
    softmax: () => {
      const [rows, columns] = [size(), size()];
      return Object.entries({ x: floats(rows * columns), out: out(rows * columns), rows, columns });
    },
    copy: () => {
      const [rows, columns, at, to] = [size(), pick([3, 17, 40]), from(0, 3), from(0, 3)];
      const make = pick([floats, bytes, (length) => ids(length, 9)]);
      // transposes
      return [
        ['x', make(at + rows * columns)],
        ['from', at],
        ['out', make(to + rows * columns)],
        ['to', to],
        ['strides', Int32Array.of(rows, columns, 1, rows, columns, 1)],
      ];
    },
    gatherRows: () => {
      const [batch, outer, rows, inner, count] = [size(), from(1, 3), size(), size(), from(0, 5)];
      return Object.entries({
        x: floats(batch * outer * rows * inner),
        ids: ids(batch * count, rows),
        out: out(batch * outer * count * inner),
        batch,
        outer,
        rows,
        inner,
      });
    },
    sumSegments: () => {
      const [rows, segments, inner] = [from(0, 9), size(), size()];
      return Object.entries({
        x: floats(rows * inner),
        ids: ids(rows, segments),
        out: out(segments * inner),
        segments,
        inner,
      });
    },
    oneHot: () => {
      const [count, depth] = [from(0, 9), size()];
      return Object.entries({ ids: ids(count, depth), out: out(count * depth), depth, on: 1, off: 0 });
    },
    sumRows: () => {
      const [rows, dim, lists] = [from(0, 9), size(), undefined];
      const given = lists ?? bags(rows);
      return [['table', floats(rows * dim)], ['dim', dim], ...given, ['out', out((given[0][1].length - 1) * dim)]];
    },
    sumRowsGradient: () => {
      const [rows, dim] = [pick([0, 3, 5000]), size()];
      const given = bags(rows);
      const most = Math.min(rows, given[1][1].length);
      return [
        ['gradients', floats((given[0][1].length - 1) * dim)],
        ['dim', dim],
        ...given,
        ['rowCount', rows],
        ['outIds', outInts(most)],
        ['outValues', out(most * dim)],
        ['outWeights', maybe(() => out(most))],
      ];
    },
    scoreRows: () => {
      const [queries, rows, dim, count] = [from(0, 5), size(), size(), from(0, 5)];
      const places = queries * count;
      return Object.entries({
        vectors: floats(queries * dim),
        table: floats(rows * dim),
        bias: maybe(() => floats(rows)),
        dim,
        ids: ids(places, rows),
        out: out(places),
      });
    },
    createBilinear: () => [['options', createFactorization().options]],
    bilinearSteps: () => {
      const { bilinear, tables, queries } = factorization();
      return [
        ['bilinear', bilinear],
        ['tables', tables],
        ['queries', queries()],
      ];
    },
    bilinearPrepare: () => {
      const { bilinear, queries } = factorization();
      return [
        ['bilinear', bilinear],
        ['queries', queries()],
      ];
    },
    bilinearStart: () => {
      const { bilinear, tables, queries } = factorization();
      kernels.bilinearPrepare(bilinear, queries());
      return [
        ['bilinear', bilinear],
        ['tables', tables],
        ['factor', 1],
      ];
    },
    bilinearSettle: () => [['bilinear', factorization().bilinear]],
    bilinearFlush: () => {
      const { bilinear, tables } = factorization();
      return [
        ['bilinear', bilinear],
        ['tables', tables],
      ];
    },
    solveLeastSquares: () => {
      const [rows, columns, dim, entries] = [from(0, 5), size(), size(), from(0, 9)];
      const count = rows === 0 ? 0 : entries;
      return Object.entries({
        ...{
          outRows: floats(rows * dim),
          fixed: floats(columns * dim),
          dim,
          offsets: offsets(rows, count),
          ids: ids(count, columns),
        },
        ...{ confidences: chance(0.5) ? floats(count) : 2, regularization: 0.1, steps: 3 },
        ...{ gram: maybe(() => floats(dim * dim)), regularizations: maybe(() => floats(rows)) },
        ...{ zerosEverywhere: chance(0.5) },
      });
    },
    leastSquaresGram: () => {
      const [columns, dim] = [from(0, 20), size()];
      return Object.entries({ out: out(dim * dim), fixed: floats(columns * dim), dim, regularization: 0.1 });
    },
    nearestSets: () => {
      const [sets, members, count] = [from(1, 6), from(1, 6), from(0, 4)];
      const begin = from(0, sets);
      const end = from(begin, sets);
      const length = (end - begin) * count;
      const lists = Array.from({ length: sets }, () => [...new Set(ids(from(0, 5), members))]);
      const back = Array.from({ length: members }, (_, member) =>
        lists.flatMap((list, set) => (list.includes(member) ? [set] : [])),
      );
      const ends = (all) => Int32Array.of(0, ...all.map((_, at) => all.slice(0, at + 1).flat().length));
      return Object.entries({
        ...{ outIds: outInts(length), outSimilarities: out(length) },
        ...{
          offsets: ends(lists),
          members: Int32Array.from(lists.flat()),
          setOffsets: ends(back),
          memberOf: Int32Array.from(back.flat()),
        },
        ...{ similarity: pick(['cosine', 'jaccard', 'product']), shrink: pick([0, 10]), begin, end },
        ...{
          weights: maybe(() => floats(lists.flat().length)),
          memberWeights: maybe(() => floats(lists.flat().length)),
        },
        ...{ ownScales: maybe(() => floats(sets)), otherScales: maybe(() => floats(sets)) },
      });
    },
    rankTargets: () => ranking('product'),
    rankScores: () => ranking('rows'),
    rankSparse: () => ranking('sparse'),
    sparseSoftmaxLoss: () => {
      const [query, item] = [from(0, 5), size()];
      return Object.entries({
        logits: floats(query * item),
        queryCount: query,
        itemCount: item,
        ...targets(query, item),
        outLosses: out(query),
        outNormalizers: out(2 * query),
      });
    },
    sparseSoftmaxGradient: () => {
      const [query, item] = [from(0, 5), size()];
      return Object.entries({
        logits: floats(query * item),
        queryCount: query,
        itemCount: item,
        ...targets(query, item),
        normalizers: floats(2 * query),
        gradients: floats(query),
        out: out(query * item),
      });
    },
    optimizerDense: () => {
      const length = from(0, 40);
      return Object.entries({
        optimizer: optimizer(),
        step: from(1, 9),
        factor: 1,
        weights: floats(length),
        firstSlot: new Float32Array(length),
        secondSlot: new Float32Array(length),
        gradient: floats(length),
      });
    },
    optimizerRows: () => {
      const [rows, dim, places] = [size(), size(), from(0, 9)];
      const length = rows * dim;
      return Object.entries({
        ...{
          optimizer: optimizer(),
          step: from(1, 9),
          factor: 1,
          weights: floats(length),
          firstSlot: new Float32Array(length),
          secondSlot: new Float32Array(length),
        },
        ...{
          ids: ids(places, rows),
          gradients: floats(places * dim),
          scratch: new Int32Array(rows).fill(-1),
          dense: chance(0.5),
        },
      });
    },
    lstmSequence: () => sequence('lstm', false),
    lstmSequenceGradient: () => sequence('lstm', true),
    lstmSequenceOfRows: () => toRows(sequence('lstm', false)),
    lstmSequenceOfRowsGradient: () => toRows(sequence('lstm', true)),
    mLstmSequence: () => sequence('mLstm', false),
    mLstmSequenceGradient: () => sequence('mLstm', true),
    gruSequence: () => sequence('gru', false),
    gruSequenceGradient: () => sequence('gru', true),
    attention: () => attention(false),
    attentionGradient: () => attention(true),
    layerNormalization: () => normalization(false),
    layerNormalizationGradient: () => normalization(true),
  };
}
