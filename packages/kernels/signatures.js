// structure: one table lists the arguments of all kernels.
import { describe, getType } from './wasm/describe.js';
import { checkApart, checkInside, countEntries, isInOrder, measure } from './wasm/strides.js';

/**
 * What each operation of the addon takes, in the order in which it is checked. A length is a product of sizes: `'m k'`.
 * Sizes are integers among the arguments, or computed from lengths (`size`).
 */
const most = 2 ** 40;
const most32 = 2 ** 31 - 1;

const flag = (name, more) => ({ kind: 'flag', name, ...more });
const number = (name, more) => ({ kind: 'number', name, ...more });
const integer = (name, low = 0, high = most) => ({ kind: 'integer', name, low, high });
const array = (type) => (name, length, more) => ({ kind: 'array', type, name, length, ...more });
const floats = array('Float32Array');
const ints = array('Int32Array');
const bytes = array('Uint8Array');
const ids = (name, length, limit) => ({ kind: 'ids', name, length, limit });
const offsets = (name, count, entries) => ({ kind: 'offsets', name, count, entries });
const optional = { isOptional: true };
const out = { isWritten: true };
const optionalOut = { ...out, ...optional };
const inPlace = (...names) => ({ ...out, inPlace: names });
/** A size that `compute` finds in a call. */
const size = (name, compute) => ({ kind: 'size', name, compute });
const readLength = (name, argument) => size(name, (call) => call.getLength(argument));
/** Any other check, which sets what the kernel is called with. */
const check = (run) => ({ kind: 'check', run });

/** Rows of `dim` numbers in an array. */
const countRows = (name, argument) =>
  size(name, (call) => {
    const [length, dim] = [call.getLength(argument), call.get('dim')];
    if (length % dim !== 0) call.fail(argument, `rows of ${dim} numbers`, `${length} numbers`);
    return length / dim;
  });

const types = ['Float32Array', 'Int32Array', 'Uint8Array'];
/** The type of an argument of three types: that of floats unless it is one of the others. */
const readType = (value) => Math.max(0, types.indexOf(getType(value)));

/** By which of `a` and `b` are read in the order in which the result is written: what it may be written over. */
const allowedInPlace = [undefined, ['a'], ['b'], ['a', 'b']];

/** The arrays of an elementwise function of two arrays. These calls are many and small. */
const pair = (outType, readsAnyType) => ({
  kind: 'compiled',
  compile(call) {
    const { args, values } = call;
    const [a, b, out, strides] = ['a', 'b', 'out', 'strides'].map((name) => [
      call.findSlot(name),
      call.findPosition(name),
    ]);
    const [count, rank, first, second, type] = ['count', 'rank', 'first', 'second', 'type'].map((name) =>
      call.findSlot(name),
    );
    const readInputs = (given, code, lengthA, lengthB) => {
      values[a[0]] = args.array(given[a[1]], 'a', types[code], lengthA, false, undefined);
      values[b[0]] = args.array(given[b[1]], 'b', types[code], lengthB, false, undefined);
    };
    const readStrides = (given, lengthA, lengthB) => {
      const value = given[strides[1]];
      const length = measure(value);
      const entries = countEntries(args, value, length);
      values[strides[0]] = args.array(value, 'strides', 'Int32Array', length, false, undefined);
      const axes = length / 3;
      if (entries !== values[count]) args.fail('out', `${BigInt(entries)} numbers`, `${values[count]}`);
      checkInside(args, 'a', value, axes, 1, 0, lengthA);
      checkInside(args, 'b', value, axes, 2, 0, lengthB);
      values[rank] = axes;
      return (isInOrder(value, axes, 1) ? 1 : 0) + (isInOrder(value, axes, 2) ? 2 : 0);
    };
    const readFlat = (lengthA, lengthB) => {
      const length = values[count];
      values[strides[0]] = values[rank] = 0;
      values[first] = lengthA === 1 && length !== 1 ? 0 : 1;
      values[second] = lengthB === 1 && length !== 1 ? 0 : 1;
      if (length === 0) return 3;
      if ((lengthA !== length && lengthA !== 1) || (lengthB !== length && lengthB !== 1))
        args.fail('strides', 'one for arrays of different lengths', `${lengthA}, ${lengthB} and ${length}`);
      return values[first] + 2 * values[second];
    };
    values[first] = values[second] = 0;
    return (given) => {
      const lengthA = measure(given[a[1]]);
      const lengthB = measure(given[b[1]]);
      values[count] = measure(given[out[1]]);
      if (!readsAnyType) readInputs(given, 0, lengthA, lengthB);
      const isFlat = values[count] === 0 || given[strides[1]] === undefined || given[strides[1]] === null;
      const over = isFlat ? readFlat(lengthA, lengthB) : readStrides(given, lengthA, lengthB);
      values[out[0]] = args.array(given[out[1]], 'out', outType, values[count], true, allowedInPlace[over]);
      if (!readsAnyType) return;
      values[type] = readType(given[a[1]]);
      if (values[count] === 0) values[a[0]] = values[b[0]] = 0;
      else readInputs(given, values[type], lengthA, lengthB);
    };
  },
});

const pairSizes = ['count', 'rank', 'first', 'second'];

const unfolding = [
  integer('batch', 0, 2 ** 22),
  integer('time', 1, 2 ** 22),
  integer('dim', 1, 2 ** 22),
  integer('width', 1, 2 ** 14),
  integer('dilation', 1, 2 ** 22),
];

const product = {
  parameters: 'transposeA transposeB rows columns inner a b out accumulate bias',
  checks: [
    ...[flag('transposeA', optional), flag('transposeB', optional)],
    ...[integer('rows'), integer('columns'), integer('inner')],
    ...[floats('a', 'rows inner'), floats('b', 'inner columns'), floats('out', 'rows columns', out)],
    ...[flag('accumulate', optional), floats('bias', 'columns', optional)],
  ],
};

const stride = (name, matrix, sizes) => [
  integer(name),
  check((call) => {
    const [given, expected] = [call.get(name), call.product(sizes)];
    if (given !== 0 && given !== expected) call.fail(name, `0 or ${BigInt(expected)}`, `${given}`);
    call.set(matrix, given === 0 ? 1 : call.get('batch'));
  }),
];

const bags = (rows) => [
  size('bags', (call) => call.getLength('offsets') - 1),
  readLength('entries', 'ids'),
  offsets('offsets', 'bags', 'entries'),
  ids('ids', 'entries', rows),
  floats('weights', 'entries', optional),
];

const targets = [
  readLength('entries', 'ids'),
  offsets('offsets', 'queryCount', 'entries'),
  ids('ids', 'entries', 'itemCount'),
  floats('weights', 'entries', optional),
];

const ranking = [
  ...[readLength('seenEntries', 'seenIds'), offsets('seenOffsets', 'queryCount', 'seenEntries')],
  ids('seenIds', 'seenEntries', 'itemCount'),
  ...[readLength('entries', 'relevantIds'), offsets('relevantOffsets', 'queryCount', 'entries')],
  ids('relevantIds', 'entries', 'itemCount'),
  flag('seenLast', optional),
  check((call) => call.readInteger('top', 0, call.get('itemCount'))),
  ...[ints('outRanks', 'entries', out), ints('outBestRanks', 'entries', out), ints('outWorstRanks', 'entries', out)],
  ...[
    ints('outFound', 'queryCount', out),
    ints('outCandidateCounts', 'queryCount', out),
    ints('outTop', 'queryCount top', out),
    floats('outTopScores', 'queryCount top', optionalOut),
  ],
  check((call) => call.checkDistinct('relevantIds', 'relevantOffsets', call.get('queryCount'))),
];
const rankingParameters =
  'seenOffsets seenIds relevantOffsets relevantIds seenLast top ' +
  'outRanks outBestRanks outWorstRanks outFound outCandidateCounts outTop outTopScores';

const optimizerTables = [
  readLength('size', 'weights'),
  floats('weights', 'size', out),
  check((call) => {
    for (const [at, name] of ['firstSlot', 'secondSlot'].entries())
      if (call.optimizer.slots > at) call.placeArray(name, 'Float32Array', call.get('size'), out);
      else call.set(name, 0);
  }),
];
const optimizerStep = [integer('step', 1), number('factor'), check((call) => call.placeOptimizer())];

const sequenceSizes = [
  integer('batch', 0, 2 ** 22),
  integer('time', 1, 2 ** 22),
  integer('inputDim', 1, 2 ** 14),
  integer('dim', 1, 2 ** 14),
];
const states = 'batch time dim';
const sizes = 'batch time inputDim dim';

const attentionInputs = 'queries keys values mask stepOffsets sourceOffsets dim heads causal dropout seed';
const attention = [
  ...[integer('dim', 1, 2 ** 14), integer('heads', 1, 2 ** 14)],
  check((call) => {
    const [dim, heads] = [call.get('dim'), call.get('heads')];
    if (dim % heads !== 0) call.fail('heads', `a divisor of dim, ${dim}`, `${heads}`);
  }),
  ...[flag('causal', optional), size('batch', (call) => call.getLength('stepOffsets') - 1)],
  size('steps', (call) => Math.floor(call.getLength('queries') / call.get('dim'))),
  size('sources', (call) => Math.floor(call.getLength('keys') / call.get('dim'))),
  ...[offsets('stepOffsets', 'batch', 'steps'), offsets('sourceOffsets', 'batch', 'sources')],
  ...[floats('queries', 'steps dim'), floats('keys', 'sources dim'), floats('values', 'sources dim')],
  ...[floats('mask', 'sources', optional), number('dropout', optional)],
  check((call) => {
    const rate = call.get('dropout');
    if (!(rate >= 0 && rate < 1)) call.fail('dropout', 'a number from 0 to below 1', describe(rate));
  }),
  { ...integer('seed', 0, 2 ** 32 - 1), ...optional },
];

const normalization = [
  ...[integer('rows'), integer('dim', 1, 2 ** 20), number('epsilon')],
  ...[floats('x', 'rows dim'), floats('weight', 'dim')],
];

export const signatures = {
  fillUniform: {
    parameters: 'out state low high',
    checks: [
      ...[readLength('length', 'out'), floats('out', 'length', out), number('low'), number('high')],
      ints('state', '4', out),
    ],
    also: ['length'],
  },
  fillNormal: {
    parameters: 'out state mean deviation',
    checks: [
      ...[readLength('length', 'out'), floats('out', 'length', out), number('mean'), number('deviation')],
      ints('state', '4', out),
    ],
    also: ['length'],
  },
  fillMask: {
    parameters: 'out state rate',
    checks: [readLength('length', 'out'), floats('out', 'length', out), number('rate'), ints('state', '4', out)],
    also: ['length'],
  },

  sgemm: product,
  bgemm: product,
  batchedSgemm: {
    parameters: 'transposeA transposeB batch rows columns inner a strideA b strideB out accumulate',
    checks: [
      ...[flag('transposeA', optional), flag('transposeB', optional)],
      ...[integer('batch'), integer('rows'), integer('columns'), integer('inner')],
      ...[...stride('strideA', 'batchA', 'rows inner'), ...stride('strideB', 'batchB', 'inner columns')],
      ...[floats('a', 'batchA rows inner'), floats('b', 'batchB inner columns')],
      ...[floats('out', 'batch rows columns', out), flag('accumulate', optional)],
    ],
  },

  unary: {
    parameters: 'code x out alpha beta',
    checks: [
      check((call) => call.readCode('unary')),
      ...[readLength('length', 'x'), floats('x', 'length'), floats('out', 'length', inPlace('x'))],
      ...[number('alpha', optional), number('beta', optional)],
    ],
    also: ['length'],
  },
  binary: {
    parameters: 'code a b out strides',
    checks: [check((call) => call.readCode('binary')), pair('Float32Array', false)],
    also: pairSizes,
  },
  compare: {
    parameters: 'code a b out strides',
    checks: [check((call) => call.readCode('compare')), pair('Uint8Array', true)],
    also: [...pairSizes, 'type'],
  },
  select: {
    parameters: 'condition a b out',
    checks: [
      ...[readLength('length', 'out'), bytes('condition', 'length'), floats('a', 'length'), floats('b', 'length')],
      floats('out', 'length', inPlace('a', 'b')),
    ],
    also: ['length'],
  },

  reduce: {
    parameters: 'code x out outer count inner scale',
    checks: [
      check((call) => call.readCode('reduce')),
      ...[integer('outer', 1), integer('count', 1), integer('inner', 1), number('scale')],
      ...[floats('x', 'outer count inner'), floats('out', 'outer inner', out)],
    ],
  },
  argReduce: {
    parameters: 'largest x out rows columns',
    checks: [
      ...[flag('largest'), integer('rows', 1), integer('columns', 1, most32)],
      ...[floats('x', 'rows columns'), ints('out', 'rows', out)],
    ],
  },
  unfoldSteps: {
    parameters: 'x out batch time dim width dilation',
    checks: [...unfolding, floats('x', states), floats('out', 'batch time width dim', out)],
  },
  foldSteps: {
    parameters: 'x out batch time dim width dilation',
    checks: [...unfolding, floats('x', 'batch time width dim'), floats('out', states, out)],
  },
  cumulativeSum: {
    parameters: 'x out outer steps inner exclusive reverse',
    checks: [
      ...[
        integer('outer', 1),
        integer('steps', 1),
        integer('inner', 1),
        flag('exclusive', optional),
        flag('reverse', optional),
      ],
      ...[floats('x', 'outer steps inner'), floats('out', 'outer steps inner', inPlace('x'))],
    ],
  },
  softmax: {
    parameters: 'x out rows columns',
    checks: [
      ...[integer('rows', 1), integer('columns', 1), floats('x', 'rows columns')],
      floats('out', 'rows columns', inPlace('x')),
    ],
  },

  copy: {
    parameters: 'x from out to strides',
    checks: [
      ...[integer('from'), integer('to')],
      check((call) => {
        const { args } = call;
        const [length, space] = [call.getLength('x'), call.getLength('out')];
        const [strides, stridesLength] = [call.getArgument('strides'), call.getLength('strides')];
        countEntries(args, strides, stridesLength);
        call.placeArray('strides', 'Int32Array', stridesLength);
        const rank = stridesLength / 3;
        checkInside(args, 'x', strides, rank, 1, call.get('from'), length);
        checkInside(args, 'out', strides, rank, 2, call.get('to'), space);
        checkApart(args, strides, rank);
        const type = readType(call.getArgument('x'));
        call.set('rank', rank);
        call.set('type', type);
        call.placeArray('x', types[type], length);
        call.placeArray('out', types[type], space, out);
      }),
    ],
    also: ['rank', 'type'],
  },
  gatherRows: {
    parameters: 'x ids out batch outer rows inner',
    checks: [
      ...[integer('batch', 1), integer('outer', 1), integer('rows', 1), integer('inner', 1)],
      readLength('length', 'ids'),
      size('count', (call) => {
        const [length, batch] = [call.get('length'), call.get('batch')];
        if (length % batch !== 0) call.fail('ids', `as many for each of ${batch}`, `${length}`);
        return length / batch;
      }),
      ...[ids('ids', 'length', 'rows'), floats('x', 'batch outer rows inner')],
      floats('out', 'batch outer count inner', out),
    ],
    also: ['count'],
  },
  sumSegments: {
    parameters: 'x ids out segments inner',
    checks: [
      ...[integer('segments', 1), integer('inner', 1), readLength('rows', 'ids')],
      ...[ints('ids', 'rows'), floats('x', 'rows inner'), floats('out', 'segments inner', out)],
    ],
    also: ['rows'],
  },
  oneHot: {
    parameters: 'ids out depth on off',
    checks: [
      ...[integer('depth', 1), readLength('count', 'ids'), ints('ids', 'count'), floats('out', 'count depth', out)],
      ...[number('on'), number('off')],
    ],
    also: ['count'],
  },

  sumRows: {
    parameters: 'table dim offsets ids weights out',
    checks: [
      ...[integer('dim', 1, most32), countRows('rows', 'table'), floats('table', 'rows dim'), ...bags('rows')],
      floats('out', 'bags dim', out),
    ],
    also: ['bags'],
  },
  sumRowsGradient: {
    parameters: 'gradients dim offsets ids weights rowCount outIds outValues outWeights',
    checks: [
      ...[integer('dim', 1, most32), integer('rowCount', 0, most32), ...bags('rowCount')],
      floats('gradients', 'bags dim'),
      size('most', (call) => Math.min(call.get('rowCount'), call.get('entries'))),
      ...[ints('outIds', 'most', out), floats('outValues', 'most dim', out), floats('outWeights', 'most', optionalOut)],
    ],
    also: ['bags'],
  },
  scoreRows: {
    parameters: 'vectors table bias dim ids out',
    checks: [
      ...[
        integer('dim', 1, most32),
        countRows('queries', 'vectors'),
        countRows('rows', 'table'),
        readLength('places', 'ids'),
      ],
      ...[floats('vectors', 'queries dim'), floats('table', 'rows dim'), floats('bias', 'rows', optional)],
      size('candidates', (call) => {
        const [queries, places] = [call.get('queries'), call.get('places')];
        if (queries === 0 ? places !== 0 : places % queries !== 0)
          call.fail('ids', `as many for each of ${queries} queries`, `${places}`);
        return queries === 0 ? 0 : places / queries;
      }),
      ...[ids('ids', 'places', 'rows'), floats('out', 'places', out)],
    ],
    also: ['queries', 'candidates'],
  },

  leastSquaresGram: {
    parameters: 'out fixed dim regularization',
    checks: [
      integer('dim', 1, 2 ** 16),
      size('columns', (call) => Math.floor(call.getLength('fixed') / call.get('dim'))),
      ...[floats('out', 'dim dim', out), floats('fixed', 'columns dim'), number('regularization')],
    ],
    also: ['columns'],
  },

  solveLeastSquares: {
    parameters: 'outRows fixed dim offsets ids confidences regularization steps gram regularizations zerosEverywhere',
    checks: [
      integer('dim', 1, 2 ** 16),
      size('rows', (call) => Math.floor(call.getLength('outRows') / call.get('dim'))),
      size('columns', (call) => Math.floor(call.getLength('fixed') / call.get('dim'))),
      readLength('entries', 'ids'),
      ...[floats('outRows', 'rows dim', out), floats('fixed', 'columns dim')],
      ...[offsets('offsets', 'rows', 'entries'), ids('ids', 'entries', 'columns')],
      check((call) => {
        const given = call.getArgument('confidences');
        const isNumber = typeof given === 'number';
        call.set('confidence', isNumber ? given : 0);
        if (isNumber) call.set('confidences', 0);
        else call.placeArray('confidences', 'Float32Array', call.get('entries'));
      }),
      ...[number('regularization'), integer('steps', 1, 2 ** 20), floats('gram', 'dim dim', optional)],
      ...[floats('regularizations', 'rows', optional), flag('zerosEverywhere', optional)],
    ],
    passes:
      'outRows fixed dim offsets ids confidences confidence regularization steps gram regularizations ' +
      'zerosEverywhere rows columns',
  },

  nearestSets: {
    parameters:
      'outIds outSimilarities offsets members setOffsets memberOf similarity shrink begin end ' +
      'weights memberWeights ownScales otherScales',
    checks: [
      size('sets', (call) => call.getLength('offsets') - 1),
      size('memberCount', (call) => call.getLength('setOffsets') - 1),
      readLength('entries', 'members'),
      ...[offsets('offsets', 'sets', 'entries'), ids('members', 'entries', 'memberCount')],
      ...[offsets('setOffsets', 'memberCount', 'entries'), ids('memberOf', 'entries', 'sets')],
      check((call) => call.readInteger('end', 0, call.get('sets'))),
      check((call) => call.readInteger('begin', 0, call.get('end'))),
      size('range', (call) => call.get('end') - call.get('begin')),
      size('count', (call) => call.get('range') && Math.floor(call.getLength('outIds') / call.get('range'))),
      ...[ints('outIds', 'range count', out), floats('outSimilarities', 'range count', out)],
      check((call) => {
        const name = call.getArgument('similarity');
        const code = ['cosine', 'jaccard', 'product'].indexOf(name);
        if (code < 0) call.fail('similarity', 'cosine, jaccard or product', describe(name));
        call.set('similarity', code);
      }),
      number('shrink'),
      check((call) => {
        const shrink = call.get('shrink'); // otherwise similarities have no order
        if (!(shrink >= 0)) call.fail('shrink', 'a number from 0 on', describe(shrink));
      }),
      ...[floats('weights', 'entries', optional), floats('memberWeights', 'entries', optional)],
      ...[floats('ownScales', 'sets', optional), floats('otherScales', 'sets', optional)],
    ],
    also: ['sets', 'count'],
  },

  rankTargets: {
    parameters: `vectors table bias queryCount itemCount dim ${rankingParameters}`,
    checks: [
      ...[integer('queryCount', 0, most32), integer('itemCount', 1, most32), integer('dim', 1, 2 ** 20)],
      ...[floats('vectors', 'queryCount dim'), floats('table', 'itemCount dim'), floats('bias', 'itemCount', optional)],
      ...ranking,
    ],
  },
  rankScores: {
    parameters: `scores queryCount itemCount ${rankingParameters}`,
    checks: [
      ...[integer('queryCount', 0, most32), integer('itemCount', 1, most32), floats('scores', 'queryCount itemCount')],
      ...ranking,
    ],
  },

  rankSparse: {
    parameters:
      'rowOffsets rowIds rowWeights tableOffsets tableIds tableWeights queryCount itemCount ' + rankingParameters,
    checks: [
      ...[integer('queryCount', 0, most32), integer('itemCount', 1, most32)],
      size('tableRows', (call) => call.getLength('tableOffsets') - 1),
      ...[readLength('rowEntries', 'rowIds'), offsets('rowOffsets', 'queryCount', 'rowEntries')],
      ...[ids('rowIds', 'rowEntries', 'tableRows'), floats('rowWeights', 'rowEntries', optional)],
      ...[readLength('tableEntries', 'tableIds'), offsets('tableOffsets', 'tableRows', 'tableEntries')],
      ...[ids('tableIds', 'tableEntries', 'itemCount'), floats('tableWeights', 'tableEntries', optional)],
      ...ranking,
    ],
  },

  sparseSoftmaxLoss: {
    parameters: 'logits queryCount itemCount offsets ids weights outLosses outNormalizers',
    checks: [
      ...[integer('queryCount'), integer('itemCount', 1, most32), floats('logits', 'queryCount itemCount'), ...targets],
      ...[floats('outLosses', 'queryCount', out), floats('outNormalizers', '2 queryCount', out)],
    ],
  },
  sparseSoftmaxGradient: {
    parameters: 'logits queryCount itemCount offsets ids weights normalizers gradients out',
    checks: [
      ...[integer('queryCount'), integer('itemCount', 1, most32), floats('logits', 'queryCount itemCount'), ...targets],
      ...[floats('normalizers', '2 queryCount'), floats('gradients', 'queryCount')],
      floats('out', 'queryCount itemCount', inPlace('logits')),
    ],
  },

  optimizerDense: {
    parameters: 'optimizer step factor weights firstSlot secondSlot gradient',
    checks: [...optimizerStep, ...optimizerTables, floats('gradient', 'size')],
    passes: 'optimizer weights firstSlot secondSlot gradient size',
  },
  optimizerRows: {
    parameters: 'optimizer step factor weights firstSlot secondSlot ids gradients scratch dense',
    checks: [
      ...optimizerStep,
      ...[readLength('length', 'weights'), readLength('rows', 'scratch'), readLength('places', 'ids')],
      size('dim', (call) => {
        const [length, rows] = [call.get('length'), call.get('rows')];
        if (rows === 0 ? length !== 0 : length % rows !== 0)
          call.fail('scratch', 'one number per row of the weights', `${rows}`);
        return rows === 0 ? 0 : length / rows;
      }),
      ...optimizerTables,
      ...[ids('ids', 'places', 'rows'), floats('gradients', 'places dim', out), ints('scratch', 'rows', out)],
      flag('dense', optional),
    ],
    passes: 'optimizer weights firstSlot secondSlot ids gradients scratch dense rows dim places',
  },

  lstmSequence: {
    parameters: `input weight bias recurrent hidden cell mask ${sizes} outHiddenStates outCellStates outSaved`,
    checks: [
      ...[...sequenceSizes, floats('input', 'batch time inputDim'), floats('weight', 'inputDim 4 dim')],
      ...[floats('bias', '4 dim'), floats('recurrent', 'dim 4 dim'), floats('hidden', 'batch dim')],
      ...[floats('cell', 'batch dim'), floats('mask', 'batch time', optional)],
      ...[floats('outHiddenStates', states, optionalOut), floats('outCellStates', states, optionalOut)],
      floats('outSaved', 'batch time 4 dim', optionalOut),
    ],
  },
  lstmSequenceGradient: {
    parameters:
      `input weight recurrent hidden cell mask hiddenStates cellStates saved hiddenGradients cellGradients ${sizes} ` +
      'outInputGradient outWeightGradient outBiasGradient outRecurrentGradient outHiddenGradient outCellGradient',
    checks: [
      ...[...sequenceSizes, floats('input', 'batch time inputDim'), floats('weight', 'inputDim 4 dim')],
      ...[floats('recurrent', 'dim 4 dim'), floats('hidden', 'batch dim'), floats('cell', 'batch dim')],
      ...[floats('mask', 'batch time', optional), floats('hiddenStates', states), floats('cellStates', states)],
      ...[floats('saved', 'batch time 4 dim'), floats('hiddenGradients', states, optional)],
      ...[floats('cellGradients', states, optional), floats('outInputGradient', 'batch time inputDim', out)],
      ...[floats('outWeightGradient', 'inputDim 4 dim', out), floats('outBiasGradient', '4 dim', out)],
      ...[floats('outRecurrentGradient', 'dim 4 dim', out), floats('outHiddenGradient', 'batch dim', out)],
      floats('outCellGradient', 'batch dim', out),
    ],
  },
  lstmSequenceOfRows: {
    parameters:
      `table index weight bias recurrent hidden cell mask ${sizes} rows ` + 'outHiddenStates outCellStates outSaved',
    checks: [
      ...[...sequenceSizes, integer('rows', 1, most32), floats('table', 'rows inputDim')],
      ...[ids('index', 'batch time', 'rows'), floats('weight', 'inputDim 4 dim')],
      ...[floats('bias', '4 dim'), floats('recurrent', 'dim 4 dim'), floats('hidden', 'batch dim')],
      ...[floats('cell', 'batch dim'), floats('mask', 'batch time', optional)],
      ...[floats('outHiddenStates', states, optionalOut), floats('outCellStates', states, optionalOut)],
      floats('outSaved', 'batch time 4 dim', optionalOut),
    ],
  },
  lstmSequenceOfRowsGradient: {
    parameters:
      'table index weight recurrent hidden cell mask hiddenStates cellStates saved hiddenGradients cellGradients ' +
      `${sizes} rows outTableGradient outWeightGradient outBiasGradient outRecurrentGradient outHiddenGradient ` +
      'outCellGradient',
    checks: [
      ...[...sequenceSizes, integer('rows', 1, most32), floats('table', 'rows inputDim')],
      ...[ids('index', 'batch time', 'rows'), floats('weight', 'inputDim 4 dim')],
      ...[floats('recurrent', 'dim 4 dim'), floats('hidden', 'batch dim'), floats('cell', 'batch dim')],
      ...[floats('mask', 'batch time', optional), floats('hiddenStates', states), floats('cellStates', states)],
      ...[floats('saved', 'batch time 4 dim'), floats('hiddenGradients', states, optional)],
      ...[floats('cellGradients', states, optional), floats('outTableGradient', 'rows inputDim', out)],
      ...[floats('outWeightGradient', 'inputDim 4 dim', out), floats('outBiasGradient', '4 dim', out)],
      ...[floats('outRecurrentGradient', 'dim 4 dim', out), floats('outHiddenGradient', 'batch dim', out)],
      floats('outCellGradient', 'batch dim', out),
    ],
  },
  mLstmSequence: {
    parameters:
      'input weight bias recurrent hidden cell multiplier recurrentMultiplier recurrentMultiplierBias mask ' +
      `${sizes} outHiddenStates outCellStates outSaved`,
    checks: [
      ...[...sequenceSizes, floats('input', 'batch time inputDim'), floats('weight', 'inputDim 4 dim')],
      ...[floats('bias', '4 dim'), floats('recurrent', 'dim 4 dim'), floats('hidden', 'batch dim')],
      ...[floats('cell', 'batch dim'), floats('multiplier', states), floats('recurrentMultiplier', 'dim dim')],
      ...[floats('recurrentMultiplierBias', 'dim'), floats('mask', 'batch time', optional)],
      ...[floats('outHiddenStates', states, optionalOut), floats('outCellStates', states, optionalOut)],
      floats('outSaved', 'batch time 5 dim', optionalOut),
    ],
  },
  mLstmSequenceGradient: {
    parameters:
      'input weight recurrent hidden cell multiplier recurrentMultiplier mask hiddenStates cellStates saved ' +
      `hiddenGradients cellGradients ${sizes} outInputGradient outWeightGradient outBiasGradient ` +
      'outRecurrentGradient outHiddenGradient outCellGradient outMultiplierGradient ' +
      'outRecurrentMultiplierGradient outRecurrentMultiplierBiasGradient',
    checks: [
      ...[...sequenceSizes, floats('input', 'batch time inputDim'), floats('weight', 'inputDim 4 dim')],
      ...[floats('recurrent', 'dim 4 dim'), floats('hidden', 'batch dim'), floats('cell', 'batch dim')],
      ...[floats('multiplier', states), floats('recurrentMultiplier', 'dim dim')],
      ...[floats('mask', 'batch time', optional), floats('hiddenStates', states), floats('cellStates', states)],
      ...[floats('saved', 'batch time 5 dim'), floats('hiddenGradients', states, optional)],
      ...[floats('cellGradients', states, optional), floats('outInputGradient', 'batch time inputDim', out)],
      ...[floats('outWeightGradient', 'inputDim 4 dim', out), floats('outBiasGradient', '4 dim', out)],
      ...[floats('outRecurrentGradient', 'dim 4 dim', out), floats('outHiddenGradient', 'batch dim', out)],
      ...[floats('outCellGradient', 'batch dim', out), floats('outMultiplierGradient', states, out)],
      ...[
        floats('outRecurrentMultiplierGradient', 'dim dim', out),
        floats('outRecurrentMultiplierBiasGradient', 'dim', out),
      ],
    ],
  },
  gruSequence: {
    parameters: `input weight bias recurrent recurrentBias hidden mask ${sizes} outHiddenStates outSaved`,
    checks: [
      ...[...sequenceSizes, floats('input', 'batch time inputDim'), floats('weight', 'inputDim 3 dim')],
      ...[floats('bias', '3 dim'), floats('recurrent', 'dim 3 dim'), floats('recurrentBias', '3 dim')],
      ...[floats('hidden', 'batch dim'), floats('mask', 'batch time', optional)],
      ...[floats('outHiddenStates', states, out), floats('outSaved', 'batch time 4 dim', optionalOut)],
    ],
  },
  gruSequenceGradient: {
    parameters:
      `input weight recurrent hidden mask hiddenStates saved hiddenGradients ${sizes} ` +
      'outInputGradient outWeightGradient outBiasGradient outRecurrentGradient ' +
      'outRecurrentBiasGradient outHiddenGradient',
    checks: [
      ...[...sequenceSizes, floats('input', 'batch time inputDim'), floats('weight', 'inputDim 3 dim')],
      ...[floats('recurrent', 'dim 3 dim'), floats('hidden', 'batch dim'), floats('mask', 'batch time', optional)],
      ...[floats('hiddenStates', states), floats('saved', 'batch time 4 dim'), floats('hiddenGradients', states)],
      ...[floats('outInputGradient', 'batch time inputDim', out), floats('outWeightGradient', 'inputDim 3 dim', out)],
      ...[floats('outBiasGradient', '3 dim', out), floats('outRecurrentGradient', 'dim 3 dim', out)],
      ...[floats('outRecurrentBiasGradient', '3 dim', out), floats('outHiddenGradient', 'batch dim', out)],
    ],
  },

  attention: {
    parameters: `${attentionInputs} out outNormalizers`,
    checks: [...attention, floats('out', 'steps dim', out), floats('outNormalizers', 'steps heads 2', optionalOut)],
    also: ['batch'],
  },
  attentionGradient: {
    parameters: `${attentionInputs} normalizers means gradients outQueryGradients outKeyGradients outValueGradients`,
    checks: [
      ...[...attention, floats('normalizers', 'steps heads 2'), floats('means', 'steps dim')],
      ...[floats('gradients', 'steps dim'), floats('outQueryGradients', 'steps dim', out)],
      ...[floats('outKeyGradients', 'sources dim', out), floats('outValueGradients', 'sources dim', out)],
    ],
    also: ['batch'],
  },
  layerNormalization: {
    parameters: 'x weight rows dim epsilon bias out outStatistics',
    checks: [
      ...[...normalization, floats('bias', 'dim'), floats('out', 'rows dim', out)],
      floats('outStatistics', 'rows 2', optionalOut),
    ],
  },
  layerNormalizationGradient: {
    parameters: 'x weight rows dim epsilon statistics gradients outXGradient outWeightGradient outBiasGradient',
    checks: [
      ...[...normalization, floats('statistics', 'rows 2'), floats('gradients', 'rows dim')],
      ...[floats('outXGradient', 'rows dim', out), floats('outWeightGradient', 'dim', out)],
      floats('outBiasGradient', 'dim', out),
    ],
  },
};
