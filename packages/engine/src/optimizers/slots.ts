import { copyFromKernels, moveFromKernels, moveToKernels } from '../memory.js';
import { tf } from '../tfjs/tfjs.js';
import { allocateZeros } from '../variables.js';
import type { SlotState } from './types.js';

/** The state of an optimizer per entry of the parameters: in memory of JavaScript, of the kernels or of a device. */
export interface Slots {
  /** Returns the arrays of a parameter, one per slot. Creates them if they do not exist, and reads them if need be. */
  arrays(path: string, size: number): Float32Array[];
  /** Returns the tensors of a parameter, one per slot. Creates them if they do not exist. */
  tensors(path: string, shape: number[]): tf.Tensor[];
  /** Replaces the tensors of a parameter; the ones before are disposed of. */
  replace(path: string, tensors: readonly tf.Tensor[]): void;
  /** Reads all slots, by `path:slot`. */
  read(): Map<string, SlotState>;
  /** Replaces all slots by copies of these. */
  restore(state: Iterable<readonly [key: string, slot: SlotState]>): void;
  /** Moves what is on the device, or in memory of the kernels, to the memory of JavaScript. */
  unload(): void;
}

/** @param refuse throws an error: what was expected, what was received */
export function createSlots(names: readonly string[], refuse: (expected: string, received: unknown) => never): Slots {
  const slots = new Map<string, Float32Array | tf.Tensor>(); // by `path:slot`

  /** Finds or creates the slots of a parameter. */
  const find = <T extends Float32Array | tf.Tensor>(
    path: string,
    size: number,
    convert: (found: Float32Array | tf.Tensor | undefined) => T,
  ): T[] =>
    names.map((name) => {
      const key = `${path}:${name}`;
      const found = slots.get(key);
      const length = found && countEntries(found);
      if (length !== undefined && length !== size) refuse(`${size} values of ${key}`, length);
      const slot = convert(found);
      if (slot !== found) set(key, slot);
      return slot;
    });

  const set = (key: string, slot: Float32Array | tf.Tensor): void => {
    const before = slots.get(key);
    if (before instanceof tf.Tensor) before.dispose();
    slots.set(key, slot);
  };

  const clear = (): void => {
    for (const slot of slots.values()) if (slot instanceof tf.Tensor) slot.dispose();
    slots.clear();
  };

  return {
    arrays: (path, size) => find(path, size, (found) => (found ? moveToKernels(readSlot(found)) : allocateZeros(size))),
    tensors: (path, shape) =>
      find(path, tf.util.sizeFromShape(shape), (found) => {
        if (found instanceof tf.Tensor) return found;
        return tf.keep(tf.tidy(() => (found ? tf.tensor(found, shape) : tf.zeros(shape))));
      }),
    replace: (path, tensors) => {
      for (const [at, name] of names.entries()) set(`${path}:${name}`, tensors[at]!);
    },
    read: () =>
      new Map(
        [...slots].map(([key, slot]) => {
          const values = copyFromKernels(readSlot(slot));
          return [key, { shape: [values.length], values }];
        }),
      ),
    restore(state) {
      clear();
      for (const [key, { values }] of state) {
        const own = allocateZeros(values.length);
        own.set(values);
        slots.set(key, own);
      }
    },
    unload() {
      for (const [key, slot] of slots)
        set(key, slot instanceof tf.Tensor ? readSlot(slot).slice() : moveFromKernels(slot));
    },
  };
}

function countEntries(slot: Float32Array | tf.Tensor): number {
  return slot instanceof tf.Tensor ? slot.size : slot.length;
}

function readSlot(slot: Float32Array | tf.Tensor): Float32Array {
  return slot instanceof tf.Tensor ? (slot.dataSync() as Float32Array) : slot;
}
