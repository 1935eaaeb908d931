import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { embeddingBag } from '../ops/embedding-bag.js';
import { lookup } from '../ops/lookup.js';
import { type DeviceReads, leaveDeviceBackend, useDeviceBackend } from '../testing/device-backend.js';
import { expectClose } from '../testing/expect-close.js';
import { tf } from '../tfjs/tfjs.js';
import { valueAndGradients } from '../value-and-gradients.js';
import { adagrad } from './adagrad.js';
import { adam } from './adam.js';
import { adamW } from './adamw.js';
import { sgd } from './sgd.js';
import type { Optimizer, Rows } from './types.js';

let reads: DeviceReads;
beforeAll(async () => {
  reads = await useDeviceBackend();
});
afterAll(leaveDeviceBackend);

const create: Record<string, (rows: Rows) => Optimizer> = {
  sgd: (rows) => sgd({ learningRate: 0.1, rows }),
  'sgd with momentum and l2': (rows) => sgd({ learningRate: 0.1, momentum: 0.9, l2: 0.01, rows }),
  'sgd that never clears gradients': () => sgd({ learningRate: 0.01, faithful: 'never-clears-gradients' }),
  'adagrad with l2': (rows) => adagrad({ learningRate: 0.1, l2: 0.01, rows }),
  'adam with l2': (rows) => adam({ learningRate: 0.1, l2: 0.01, rows }),
  adamW: (rows) => adamW({ learningRate: 0.1, decay: 0.05, rows }),
};

/** A table [11, 3] that is looked up, one that is used as a whole too, and a vector. */
function createParameters(): Map<string, tf.Variable> {
  const fill = (size: number) => Float32Array.from({ length: size }, (_, at) => Math.sin(at + 1));
  return new Map<string, tf.Variable>([
    ['table', tf.variable(tf.tensor2d(fill(33), [11, 3]))],
    ['mixed', tf.variable(tf.tensor2d(fill(33), [11, 3]))],
    ['vector', tf.variable(tf.tensor1d(fill(5)))],
  ]);
}

function step(parameters: ReadonlyMap<string, tf.Variable>, optimizer: Optimizer, at: number): void {
  const [table, mixed, vector] = ['table', 'mixed', 'vector'].map((path) => parameters.get(path)!);
  tf.tidy(() => {
    const ids = tf.tensor1d([at, 3, 7, 3, 3, at], 'int32'); // rows that occur twice, three and four times
    const { gradients } = valueAndGradients(() => {
      const parts = [
        tf.sum(tf.square(lookup(table!, ids))),
        tf.sum(tf.square(lookup(mixed!, ids))),
        tf.sum(tf.square(embeddingBag(table!, { offsets: Int32Array.of(0, 2, 3), ids: Int32Array.of(3, at, 2) }))),
        tf.mul(0.5, tf.sum(tf.square(mixed!))),
        tf.sum(tf.pow(vector!, 3)),
      ];
      return tf.addN(parts) as tf.Scalar;
    }, parameters);
    optimizer.apply(parameters, gradients, { factor: 1 - at / 10 });
  });
}

/** Trains for five steps on the backend in use and reads what is left. */
function train(optimizer: Optimizer): { parameters: Map<string, number[]>; state: Map<string, number[]> } {
  const parameters = createParameters();
  for (let at = 0; at < 5; at++) step(parameters, optimizer, at);
  return {
    parameters: new Map([...parameters].map(([path, variable]) => [path, [...variable.dataSync()]])),
    state: new Map([...optimizer.state()].map(([key, { values }]) => [key, [...values]])),
  };
}

describe('an optimizer on a device', () => {
  for (const [name, createOptimizer] of Object.entries(create))
    for (const rows of ['lazy', 'dense'] as const)
      it(`${name} with ${rows} rows does the steps of the definition in JavaScript`, async () => {
        await tf.setBackend('cpu');
        const expected = train(createOptimizer(rows));
        await tf.setBackend('device');
        const received = train(createOptimizer(rows));
        expect([...received.state.keys()]).toEqual([...expected.state.keys()]);
        for (const part of ['parameters', 'state'] as const)
          for (const [path, values] of expected[part]) expectClose(received[part].get(path)!, values, 2e-6);
      });

  it('reads neither weights nor gradients nor its state', () => {
    const [parameters, optimizer] = [createParameters(), adam({ learningRate: 0.1 })];
    step(parameters, optimizer, 0);
    reads.floats = 0;
    reads.integers = 0;
    for (let at = 1; at < 5; at++) step(parameters, optimizer, at);
    expect(reads.floats).toBe(0);
    expect(reads.integers).toBe(4); // the ids of four steps, once for both lookups
    optimizer.state();
    expect(reads.floats).toBe(6); // two moments of three parameters
  });

  it('leaves no tensor behind, and none of its state once it is unloaded', () => {
    const [parameters, optimizer] = [createParameters(), adam({ learningRate: 0.1 })];
    const before = tf.memory().numTensors;
    step(parameters, optimizer, 0);
    expect(tf.memory().numTensors).toBe(before + 6);
    for (let at = 1; at < 5; at++) step(parameters, optimizer, at);
    expect(tf.memory().numTensors).toBe(before + 6);
    const state = optimizer.state();
    optimizer.unload!();
    expect(tf.memory().numTensors).toBe(before);
    expect(optimizer.state()).toEqual(state);
    step(parameters, optimizer, 0); // moves it back
    expect(tf.memory().numTensors).toBe(before + 6);
    optimizer.restore(state);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('disposes of gradients outside of tf.tidy too', () => {
    const parameters = createParameters();
    const table = parameters.get('table')!;
    const ids = tf.tensor1d([1, 1], 'int32');
    const before = tf.memory().numTensors;
    const { value, gradients } = valueAndGradients(() => tf.sum(tf.square(lookup(table, ids))), parameters);
    sgd({ learningRate: 0.1 }).apply(parameters, gradients);
    value.dispose();
    expect(tf.memory().numTensors).toBe(before);
  });

  it('keeps no more of a step that throws than TensorFlow.js itself does', async () => {
    const countLeft = (): number => {
      const parameters = createParameters();
      const table = parameters.get('table')!;
      const before = tf.memory().numTensors;
      const fail = tf.customGrad((x) => ({
        value: (x as tf.Tensor).clone(),
        gradFunc: () => {
          throw new Error('no gradient');
        },
      }));
      const cost = (): tf.Scalar =>
        tf.add(tf.sum(fail(table)), tf.mul(2, tf.sum(lookup(table, tf.tensor1d([1, 1], 'int32')))));
      expect(() => tf.tidy(() => valueAndGradients(cost, parameters).value)).toThrow('no gradient');
      return tf.memory().numTensors - before;
    };
    const onDevice = countLeft();
    await tf.setBackend('cpu');
    expect(onDevice).toBe(countLeft());
    await tf.setBackend('device');
  });

  it('continues on another backend with its state', async () => {
    const [parameters, optimizer] = [createParameters(), adam({ learningRate: 0.1 })];
    for (let at = 0; at < 3; at++) step(parameters, optimizer, at);
    await tf.setBackend('cpu');
    for (let at = 3; at < 5; at++) step(parameters, optimizer, at);
    const expected = train(adam({ learningRate: 0.1 }));
    for (const [path, values] of expected.parameters) expectClose(parameters.get(path)!.dataSync(), values, 2e-6);
    await tf.setBackend('device');
  });

  it('changes nothing for a gradient of no rows', () => {
    const parameters = createParameters();
    const before = parameters.get('table')!.dataSync().slice();
    const none = { kind: 'rows', ids: new Int32Array(0), values: new Float32Array(0) } as const;
    adam({ learningRate: 0.1 }).apply(parameters, new Map([['table', none]]));
    expect(parameters.get('table')!.dataSync()).toEqual(before);
  });
});
