// structure: one program, with what it does to arguments and what it expects of a call.

/**
 * Calls every operation of the kernels with valid and with wild arguments. A call must do what it says, or throw an
 * error that names it; it must not write to an array that it only reads, and the same call must give the same numbers.
 * WebAssembly also gives the addon's numbers within rounding, where there is an addon; half of its calls have their
 * arrays in its memory. Run by fuzz.test.ts, and under sanitizers by sanitize.mjs.
 *
 *   node --expose-gc fuzz.mjs <seconds> <seed> [workers]
 */
import { once } from 'node:events';
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads';
import { load } from '../index.js';
import { createCalls, createRandom, isWritten, takesOptions } from './fuzz-calls.mjs';
import { build, loadKernels } from './load-kernels.mjs';

const isArray = (value) => ArrayBuffer.isView(value) && !(value instanceof DataView);
const copyBytes = (array) =>
  array.byteLength === 0
    ? Buffer.alloc(0)
    : Buffer.from(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
const detach = (array) => {
  if (array.buffer instanceof ArrayBuffer) structuredClone(array.buffer, { transfer: [array.buffer] });
};
const tryDetach = (array) => {
  try {
    detach(array);
  } catch {} // memory of the addon is not transferred by a clone
  // Newer versions of Node have another way, which takes any memory but that of WebAssembly.
  try {
    if (array.buffer.transfer && !array.buffer.detached) array.buffer.transfer();
  } catch {}
};
const doOverlap = (a, b) =>
  a.buffer === b.buffer && a.byteOffset < b.byteOffset + b.byteLength && b.byteOffset < a.byteOffset + a.byteLength;
const isDetached = (array) => array.buffer.byteLength === 0 && array.length === 0;
/** Thrown by getters. */
class Thrown extends Error {}

const numbers = [
  ...[0, -0, 1, -1, 2, 3, 1.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e-320],
  ...[2 ** 31 - 1, 2 ** 31, -(2 ** 31), 2 ** 32 - 1, 2 ** 32, 2 ** 33, 2 ** 40, 2 ** 53, -(2 ** 53), 2 ** 63, 2 ** 64],
];
const others = [undefined, null, true, false, 'text', '', Symbol('s'), {}, [], [1, 2], () => 1, 10n, new Date(0), /x/];

function createMutations(random) {
  const { below, pick, from } = random;
  const types = [Float32Array, Int32Array, Uint8Array, Float64Array, Uint8ClampedArray, BigInt64Array, Uint32Array];
  const makeArray = (length) => new (pick(types))(length);
  const onArray = [
    (array) => new array.constructor(Math.max(0, array.length + pick([-1, 1, 16]))),
    (array) => new array.constructor(array.length * 2).subarray(0, array.length),
    (array) => makeArray(array.length),
    (array) => array.buffer,
    (array) => new DataView(array.buffer),
    (array) => new Proxy(array, {}),
    (array) => Array.from(array),
    (array) => {
      const shared = new array.constructor(new SharedArrayBuffer(array.byteLength));
      shared.set(array);
      return shared;
    },
    (array) => {
      const resizable = new ArrayBuffer(array.byteLength, { maxByteLength: array.byteLength + 64 });
      const view = new array.constructor(resizable);
      if (resizable.resizable) resizable.resize(pick([0, Math.floor(array.byteLength / 2), array.byteLength]));
      return view;
    },
    (array) => {
      const copy = array.slice();
      tryDetach(copy);
      return copy;
    },
    // Ids that are out of range or repeated, offsets that descend, numbers that are none.
    (array) => {
      const copy = array.slice();
      const special = [-1, -2, 2 ** 31 - 1, -(2 ** 31), Number.NaN, Number.POSITIVE_INFINITY, 1e38, 0, 1];
      for (let round = from(1, 3); round > 0 && copy.length > 0; round--)
        copy[below(copy.length)] = array instanceof BigInt64Array ? -1n : pick(special);
      return copy;
    },
    (array) => array.slice().fill(array.length > 0 ? array[0] : 0),
    (array) => array.slice().reverse(),
  ];
  return (value) => {
    if (random.chance(0.3)) return pick(others);
    if (random.chance(0.2)) return makeArray(pick([0, 1, 4, 100]));
    if (typeof value === 'number' || typeof value === 'boolean') return pick(numbers);
    if (isArray(value) && isDetached(value)) return value;
    if (isArray(value)) return pick(onArray)(value);
    return pick([...numbers, ...others]);
  };
}

/** Replaces something within an object, or makes it a getter that throws, gives other values or takes arrays away. */
function mutateObject(random, object, mutate, arrays) {
  const { pick, chance } = random;
  const copy = Object.defineProperties(Array.isArray(object) ? [] : {}, Object.getOwnPropertyDescriptors(object));
  const keys = Object.keys(copy);
  if (keys.length === 0) return mutate(object);
  const key = pick(keys);
  const { value } = Object.getOwnPropertyDescriptor(copy, key); // it may be a getter already
  const set = (other) => Object.defineProperty(copy, key, { value: other, enumerable: true, configurable: true });
  const isPlain = typeof value === 'object' && value !== null && !isArray(value);
  if (isPlain && chance(0.7)) set(mutateObject(random, value, mutate, arrays));
  else if (chance(0.5)) set(mutate(value));
  else {
    const hostile = pick([
      () => {
        throw new Thrown();
      },
      () => pick([value, mutate(value)]),
      () => {
        if (arrays.length > 0) tryDetach(pick(arrays));
        return value;
      },
    ]);
    Object.defineProperty(copy, key, { get: hostile, enumerable: true, configurable: true });
  }
  return copy;
}

/** Copies an object, getters included, and adds a field that no kernel has. */
const addField = (object, name) =>
  Object.defineProperties({ [name]: 1 }, Object.getOwnPropertyDescriptors(object ?? {}));

function collectArrays(value, found = []) {
  if (isArray(value)) found.push(value);
  else if (typeof value === 'object' && value !== null)
    for (const { value: own } of Object.values(Object.getOwnPropertyDescriptors(value))) collectArrays(own, found);
  return found;
}

/** Places arrays in the memory of the kernels, which are freed by `release`. */
function createPlacement(memory) {
  const placed = [];
  const allocate = { Float32Array: 'allocateFloats', Int32Array: 'allocateInts', Uint8Array: 'allocateBytes' };
  const place = (value) => {
    const method = isArray(value) && !memory.owns(value) && allocate[value.constructor.name];
    if (!method) return value;
    const array = memory[method](value.length);
    array.set(value);
    placed.push(array);
    return array;
  };
  const release = () => {
    for (const array of placed.splice(0)) memory.release(array);
  };
  return { place, release };
}

/**
 * Kernels whose numbers are not compared with the addon's: wild systems of equations are rarely positive definite, and
 * rounding grows without bound in their solutions.
 */
const unstable = new Set(['solveLeastSquares']);

/** Whether the numbers are those of the addon, within rounding. */
function isClose(array, expected) {
  const most = expected.reduce((largest, value) => Math.max(largest, Math.abs(value) || 0), 0);
  const tolerance = array instanceof Float32Array ? 1e-3 * (Number.isFinite(most) ? most : 1) + 1e-6 : 0;
  return array.every(
    (value, at) =>
      Object.is(value, expected[at]) || value === expected[at] || Math.abs(value - expected[at]) <= tolerance,
  );
}

async function fuzz(seconds, seed) {
  const { kernels, memory, reason } = await loadKernels();
  if (!kernels) throw new Error(reason);
  const reference = build === 'addon' ? undefined : load().kernels;
  const { place, release } = memory ? createPlacement(memory) : { place: (value) => value, release: () => {} };
  const random = createRandom(seed);
  const mutate = createMutations(random);
  let calls = createCalls(kernels, random);
  const names = Object.keys(kernels);
  const forgotten = [...names.filter((name) => !calls[name]), ...Object.keys(calls).filter((name) => !kernels[name])];
  if (forgotten.length > 0) throw new Error(`expected arguments of every operation, none of ${forgotten}`);

  const counts = { calls: 0, answered: 0, refused: 0 };
  const messages = new Set();
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    const name = names[counts.calls++ % names.length];
    release();
    const isPlaced = !name.startsWith('bilinear') && random.chance(0.5);
    const given = calls[name]().map(([key, value]) => [key, isPlaced ? place(value) : value]);
    const values = given.map(([, value]) => value);
    const isValid = random.chance(0.2);
    if (!isValid)
      for (let round = random.from(1, 2); round > 0 && values.length > 0; round--) {
        const at = random.below(values.length);
        const value = values[at];
        const arrays = collectArrays(values);
        if (isArray(value) && random.chance(0.25)) {
          // Another argument, or memory that overlaps it.
          const other = random.pick(arrays);
          const isWhole =
            random.chance(0.3) ||
            isDetached(other) ||
            other.byteLength < 16 ||
            other.byteOffset % 8 !== 0 ||
            value.BYTES_PER_ELEMENT > 4;
          values[at] = isWhole
            ? other
            : new value.constructor(
                other.buffer,
                other.byteOffset + 4 * random.below(2),
                Math.min(value.length, Math.floor((other.byteLength - 4) / value.BYTES_PER_ELEMENT)),
              );
        } else if (
          typeof value === 'object' &&
          value !== null &&
          !isArray(value) &&
          random.chance(0.8) &&
          name !== 'bilinearSettle' &&
          given[at][0] !== 'bilinear'
        )
          values[at] = mutateObject(random, value, mutate, arrays);
        else values[at] = mutate(value);
      }
    if (!isValid && random.chance(0.05)) values.length = random.below(values.length + 1);
    const collect = (each) => Object.fromEntries(each.map((value, at) => [given[at][0], value]));
    const call = (target, each) => (takesOptions(name) ? target[name](collect(each)) : target[name](...each));
    const callWildly = () => {
      if (isValid || !takesOptions(name) || random.chance(0.7)) return call(kernels, values);
      const options = mutateObject(random, collect(values), mutate, collectArrays(values));
      const extra = random.pick(['', '0', 'x2', 'Out', 'toString', 'constructor']);
      if (random.chance(0.2) && typeof options === 'object') return kernels[name](addField(options, extra));
      return kernels[name](random.chance(0.1) ? random.pick([...others, ...values]) : options);
    };

    // What is only read: arrays that share no memory with one that is written.
    const isOut = (at) => isWritten(name, given[at]?.[0]);
    const outputs = values.filter((value, at) => isArray(value) && isOut(at));
    const read = values.filter(
      (value, at) => isArray(value) && !isOut(at) && !outputs.some((each) => doOverlap(each, value)),
    );
    const before = read.map((array) => (array.length < 10_000 ? copyBytes(array) : undefined));
    const describe = () => {
      const list = given.map(([each], at) => `${each}: ${describeValue(values[at])}`);
      return `seed ${seed}, call ${counts.calls}: ${name}(${list.join(', ')})`;
    };

    const copies =
      isValid && !name.startsWith('bilinear')
        ? values.map((value) => (isArray(value) ? value.slice() : value))
        : undefined;
    try {
      callWildly();
      counts.answered++;
    } catch (error) {
      counts.refused++;
      const isOurs = error instanceof TypeError || error instanceof RangeError;
      if (isValid) throw new Error(`${describe()} was refused: ${error}`);
      if (
        !(error instanceof Thrown) &&
        !(isOurs && error.message.startsWith(name) && /: expected .*, received/s.test(error.message)) &&
        !(name === 'zeros' && error instanceof RangeError)
      )
        throw new Error(`${describe()} threw ${error}`);
      if (isOurs) messages.add(error.message.replaceAll(/\d+/g, '#'));
    }
    read.forEach((array, at) => {
      if (before[at] && array.byteLength === before[at].length && !before[at].equals(copyBytes(array)))
        throw new Error(`${describe()} wrote to an array that it only reads`);
    });
    if (copies && reference && !unstable.has(name)) {
      const expected = copies.map((value) => (isArray(value) ? value.slice() : value));
      call(reference, expected);
      values.forEach((value, at) => {
        if (isArray(value) && !isClose(value, expected[at]))
          throw new Error(`${describe()} gave ${given[at][0]} ${[...value]} and the addon ${[...expected[at]]}`);
      });
    }
    if (copies) {
      call(kernels, copies);
      values.forEach((value, at) => {
        if (isArray(value) && !copyBytes(value).equals(copyBytes(copies[at])))
          throw new Error(`${describe()} gave other numbers in ${given[at][0]} the second time`);
      });
    }
    // A step may be running: its tables are taken away, and their memory is used for something else.
    if (name === 'bilinearStart' && random.chance(0.3)) {
      for (const array of collectArrays(given[1][1])) tryDetach(array);
      if (random.chance(0.1)) globalThis.gc?.();
      if (random.chance(0.5)) kernels.bilinearSettle(given[0][1]);
      calls = createCalls(kernels, random);
    } else if (name.startsWith('bilinear') && !isValid) calls = createCalls(kernels, random);
  }
  return { ...counts, messages: messages.size };
}

function describeValue(value) {
  if (isArray(value)) return `${value.constructor.name}(${value.length}) ${Array.from(value).slice(0, 8)}`;
  return typeof value === 'symbol'
    ? 'symbol'
    : typeof value === 'object' && value
      ? Object.prototype.toString.call(value)
      : String(value);
}

if (!isMainThread) parentPort.postMessage(await fuzz(workerData.seconds, workerData.seed));
else {
  const [seconds, seed, workers = 0] = process.argv.slice(2).map(Number);
  if (workers === 0) console.log(JSON.stringify(await fuzz(seconds, seed)));
  else {
    const runs = Array.from({ length: workers }, async (_, at) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: { seconds, seed: seed + at } });
      const [[counts]] = await Promise.all([once(worker, 'message'), once(worker, 'exit')]);
      return counts;
    });
    console.log(JSON.stringify(await Promise.all(runs)));
  }
}
