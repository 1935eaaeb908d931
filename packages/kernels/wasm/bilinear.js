import { describe, getLength, getType } from './describe.js';
import { Factorization } from './factorization.js';
import { Fields } from './fields.js';
import { computeFactors, findRule } from './optimizer.js';

const most = 2 ** 31 - 1;
/** In the order of the codes of `BilinearLoss`. */
const losses = ['pointwise', 'bpr', 'sigmoid-bpr', 'hinge', 'adaptive-hinge', 'warp', 'logistic', 'sampled-softmax'];
const floats = 'Float32Array';

const measure = (array) => (getType(array) ? getLength(array) : 0);

function readLoss(fields) {
  const loss = losses.indexOf(fields.choice('name', losses));
  const margin = fields.number('margin', 1);
  const terms = fields.isGiven('terms') && fields.choice('terms', ['sum', 'mean']) === 'mean' ? 0.5 : 1;
  const isHarmonic = !fields.isGiven('weight') || fields.choice('weight', ['harmonic', 'logarithm']) === 'harmonic';
  return { loss, margin, terms, isHarmonic };
}

function readOptimizer(fields) {
  const name = fields.choice('name', ['sgd', 'adagrad', 'adam', 'adam-w']);
  const isAdam = name.startsWith('adam');
  const rate = fields.number('learningRate');
  const [beta1, beta2] = [fields.number('beta1', 0.9), fields.number('beta2', 0.999)];
  const decay = name === 'adam-w' ? fields.number('decay', 0.01) : 0;
  const epsilon = fields.number('epsilon', isAdam ? 1e-8 : 1e-10);
  const [l2, momentum] = [fields.number('l2', 0), fields.number('momentum', 0)];
  const isDense = fields.isGiven('rows') && fields.choice('rows', ['lazy', 'dense']) === 'dense';
  return { ...findRule(name, Math.fround(momentum)), rate, beta1, beta2, decay, epsilon, l2, momentum, isDense };
}

function readOptions(fields) {
  const [users, items] = [fields.integer('users', 1, most), fields.integer('items', 1, most)];
  const dim = fields.integer('dim', 1, 2 ** 20);
  const biases = Boolean(fields.get('biases'));
  const step = fields.integer('step', 0, most, 0);
  return {
    users,
    items,
    dim,
    biases,
    step,
    ...readLoss(fields.fields('loss')),
    ...readOptimizer(fields.fields('optimizer')),
  };
}

/** The numbers that `bilinearCreate` reads. */
const toNumbers = ({ users, items, dim, biases, loss, margin, terms, isHarmonic, ...rest }) => [
  ...[users, items, dim, Number(biases), loss, margin, terms, Number(isHarmonic), rest.rule, rest.beta1, rest.beta2],
  ...[rest.epsilon, rest.l2, rest.momentum, Number(rest.decay !== 0), Number(rest.isDense)],
];

/** Reads a table: its weights and slots with their names in errors and lengths. */
function readTable(fields, slots) {
  const weights = [fields.get('weights'), fields.path('weights')];
  const all = fields.get('slots');
  if (slots === 0) return [weights];
  if (!Array.isArray(all) || all.length !== slots) fields.fail('slots', `${slots} of them`, describe(all));
  return [weights, ...Array.from({ length: slots }, (_, slot) => [all[slot], fields.path('slots')])];
}

/** Operations on factorizations. A step in the background runs at once, on all threads. */
export function createBilinearKernels(args, memory, exports) {
  const states = new WeakMap();
  const finalization = new FinalizationRegistry((state) => state.release());

  const require = (hasMemory) => {
    if (!hasMemory) args.failForMemory();
  };
  /** Reads objects of the caller, which may run any code, before anything is checked. */
  const read = (op, value) => new Fields(args, op, value);
  const find = (op, bilinear) => {
    const found = states.get(bilinear);
    if (found) return found;
    args.begin(op);
    return args.fail('bilinear', 'what createBilinear returned', describe(bilinear));
  };
  const readTables = (fields, { options }) => {
    const { users, items, dim, slots } = options;
    const names = {
      user: users * dim,
      item: items * dim,
      ...(options.biases ? { userBias: users, itemBias: items } : {}),
    };
    return Object.entries(names).map(([name, length]) => [readTable(fields.fields(name), slots), length]);
  };
  const placeTables = (tables, { state }) => {
    const addresses = new Array(12).fill(0);
    for (const [table, [arrays, length]] of tables.entries())
      for (const [at, [array, name]] of arrays.entries())
        addresses[3 * table + at] = args.array(array, name, floats, length, true, undefined);
    state.setTables(addresses);
  };
  const readQueries = (fields) => ['users', 'positives', 'negatives'].map((name) => fields.get(name));
  const checkQueries = (fields, [users, positives, negatives], { options }) => {
    const [count, places] = [measure(users), measure(negatives)];
    if (count < 1) fields.fail('users', 'at least one query', `${count}`);
    const each = Math.floor(places / count);
    if (each < 1) fields.fail('negatives', 'at least one per query', `${places} for ${count} queries`);
    const addresses = [
      args.ids(users, 'users', count, options.users),
      args.ids(positives, 'positives', count, options.items),
      args.ids(negatives, 'negatives', count * each, options.items),
    ];
    return { count, each, addresses };
  };
  const runStep = (found, factor) => {
    const { options, state } = found;
    require(state.step(computeFactors({ ...options, rate: options.rate * factor }, found.step + 1)));
    found.step++;
  };

  return {
    createBilinear(given) {
      const options = readOptions(read('createBilinear', given));
      args.begin('createBilinear');
      const state = new Factorization(memory, exports);
      const hasMemory = state.create(args.placeNumbers(toNumbers(options)));
      if (!hasMemory) state.release();
      require(hasMemory);
      const bilinear = {};
      states.set(bilinear, { options, state, step: options.step });
      finalization.register(bilinear, state);
      args.finish(0);
      return bilinear;
    },

    bilinearSteps(bilinear, givenTables, givenQueries) {
      const found = find('bilinearSteps', bilinear);
      const fields = read('bilinearSteps', givenQueries);
      const tableFields = read('bilinearSteps', givenTables);
      const queries = readQueries(fields);
      const outLosses = fields.get('outLosses');
      for (const name of ['batch', 'factor']) fields.get(name);
      const tables = readTables(tableFields, found);
      args.begin('bilinearSteps');
      const { count, each, addresses } = checkQueries(fields, queries, found);
      const size = Math.min(fields.integer('batch', 1, most), count);
      if (size * (1 + each) > most)
        fields.fail('batch', 'at most 2147483647 candidates in a batch', `${size * (1 + each)}`);
      const factor = fields.number('factor', 1);
      const batches = Math.ceil(count / size);
      const address = args.array(outLosses, 'outLosses', floats, batches, true, undefined);
      placeTables(tables, found);
      for (let batch = 0; batch < batches; batch++) {
        const first = batch * size;
        require(found.state.prepare(...addresses, first, Math.min(size, count - first), each));
        runStep(found, factor);
        memory.view(floats, address, batches)[batch] = found.state.loss;
      }
      args.finish(0);
    },

    bilinearPrepare(bilinear, givenQueries) {
      const found = find('bilinearPrepare', bilinear);
      const fields = read('bilinearPrepare', givenQueries);
      const queries = readQueries(fields);
      args.begin('bilinearPrepare');
      const { count, each, addresses } = checkQueries(fields, queries, found);
      const candidates = count * (1 + each);
      if (candidates > most) fields.fail('users', 'at most 2147483647 candidates', `${candidates}`);
      require(found.state.prepare(...addresses, 0, count, each));
      args.finish(0);
    },

    bilinearStart(bilinear, givenTables, factor) {
      args.begin('bilinearStart');
      args.number(factor, 'factor');
      const found = find('bilinearStart', bilinear);
      const tables = readTables(read('bilinearStart', givenTables), found);
      args.begin('bilinearStart');
      if (!found.state.isPrepared)
        args.fail('bilinear', 'one that bilinearPrepare was called with before each start', 'another');
      placeTables(tables, found);
      runStep(found, factor);
      args.finish(0);
    },

    bilinearSettle: (bilinear) => find('bilinearSettle', bilinear).state.loss,

    bilinearFlush(bilinear, givenTables) {
      const found = find('bilinearFlush', bilinear);
      const tables = readTables(read('bilinearFlush', givenTables), found);
      args.begin('bilinearFlush');
      placeTables(tables, found);
      found.state.flush();
      args.finish(0);
    },
  };
}
