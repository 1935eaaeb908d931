import { tf } from '../tfjs/tfjs.js';
import { type BackwardInputs, runSequenceOp, type SequenceOp } from './sequence-op.js';
import {
  differentiateSigmoid,
  differentiateTanh,
  expandMask,
  selectByMask,
  shiftStates,
  splitSteps,
  stackSteps,
} from './steps.js';

/** States after each step. A type, not an interface, so that `tf.tidy` accepts it as a container of tensors. */
export type LstmStates = {
  /** `[batch, time, dim]` */
  readonly hidden: tf.Tensor3D;
  /** `[batch, time, dim]` */
  readonly cell: tf.Tensor3D;
};

/** Initial states and mask of a long short-term memory. */
export interface LstmStart {
  /** `[batch, dim]`: state before the first step. */
  readonly hidden: tf.Tensor2D;
  /** `[batch, dim]`: state before the first step. */
  readonly cell: tf.Tensor2D;
  /** `[batch, time]`: 1 for a step with input, 0 for a step to skip. Default: all 1. */
  readonly mask?: tf.Tensor2D;
}

/** Runs a long short-term memory: returns both kinds of states, or one of them. */
export function runLstm<Inputs extends object>(
  op: SequenceOp<Inputs, keyof LstmStates>,
  inputs: Inputs,
  only: keyof LstmStates | undefined,
): LstmStates | tf.Tensor3D {
  if (only) return runSequenceOp(op, inputs, [only])[0]!;
  const [hidden, cell] = runSequenceOp(op, inputs) as [tf.Tensor3D, tf.Tensor3D];
  return { hidden, cell };
}

/**
 * Runs all steps forward. Returns the states after each step and the activations of its gates.
 *
 * `gates`, `[batch, time, 4·dim]`, holds the contribution of the input; `recur` computes the contribution of the hidden
 * state.
 */
export function runForward(
  gates: tf.Tensor3D,
  { hidden, cell, mask }: LstmStart,
  recur: (hidden: tf.Tensor2D, step: number) => tf.Tensor2D,
): LstmStates & { activations: tf.Tensor3D } {
  const masks = mask && splitSteps(expandMask(mask)); // [batch, 1] each
  const steps: { hidden: tf.Tensor2D; cell: tf.Tensor2D; activations: tf.Tensor2D }[] = [];
  let before = { hidden, cell };
  for (const [step, given] of splitSteps(gates).entries()) {
    const after = runCell(tf.add(given, recur(before.hidden, step)), before, masks?.[step]);
    steps.push(after);
    before = after;
  }
  const stack = (name: 'hidden' | 'cell' | 'activations') => stackSteps(steps.map((step) => step[name]));
  return { hidden: stack('hidden'), cell: stack('cell'), activations: stack('activations') };
}

function runCell(gates: tf.Tensor2D, before: { hidden: tf.Tensor2D; cell: tf.Tensor2D }, mask: tf.Tensor | undefined) {
  return tf.tidy(() => {
    const [i, f, g, o] = tf.split(gates, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const input = tf.sigmoid(i);
    const forget = tf.sigmoid(f);
    const candidate = tf.tanh(g);
    const output = tf.sigmoid(o);
    const cell = tf.add<tf.Tensor2D>(tf.mul(forget, before.cell), tf.mul(input, candidate));
    const hidden = tf.mul<tf.Tensor2D>(output, tf.tanh(cell));
    return {
      hidden: selectByMask(mask, hidden, before.hidden),
      cell: selectByMask(mask, cell, before.cell),
      activations: tf.concat([input, forget, candidate, output], 1), // [batch, 4·dim]
    };
  });
}

/**
 * Runs all steps backward. Returns the gradients of the gates of each step and of the initial states.
 *
 * `recur` propagates the gradients of a step's gates to the hidden state before that step.
 */
export function runBackward(
  { cell, mask, cellStates, hiddenGradients, cellGradients }: LstmStart & BackwardInputs<keyof LstmStates>,
  activations: tf.Tensor3D,
  recur: (gates: tf.Tensor2D, step: number) => tf.Tensor2D,
): { gates: tf.Tensor3D; hidden: tf.Tensor2D; cell: tf.Tensor2D } {
  const hiddenSteps = hiddenGradients && splitSteps(hiddenGradients); // [batch, dim] each
  const cellSteps = cellGradients && splitSteps(cellGradients); // [batch, dim] each
  const skipped = mask && splitSteps(tf.sub(1, expandMask(mask))); // [batch, 1] each
  const { gateFactors, hiddenFactors, cellFactors } = computeCellFactors(activations, cellStates, cell, mask);
  const gates: tf.Tensor2D[] = [];
  let hiddenGradient = tf.zerosLike(cell);
  let cellGradient = tf.zerosLike(cell);
  for (let step = gateFactors.length - 1; step >= 0; step--) {
    const [dHidden, dCell, dGates] = tf.tidy(() => {
      const h = hiddenSteps ? tf.add<tf.Tensor2D>(hiddenSteps[step]!, hiddenGradient) : hiddenGradient;
      const direct = [...(cellSteps ? [cellSteps[step]!] : []), cellGradient];
      // the hidden state depends on the cell
      const c = tf.addN([...direct, tf.mul<tf.Tensor2D>(h, hiddenFactors[step]!)]) as tf.Tensor2D;
      const product = tf.mul<tf.Tensor2D>(tf.concat([c, c, c, h], 1), gateFactors[step]!); // [batch, 4·dim]
      return [h, tf.mul<tf.Tensor2D>(c, cellFactors[step]!), product];
    });
    gates.unshift(dGates);
    const recurrent = recur(dGates, step);
    hiddenGradient = skipped ? tf.add(recurrent, tf.mul(skipped[step]!, dHidden)) : recurrent;
    cellGradient = dCell;
  }
  return { gates: stackSteps(gates), hidden: hiddenGradient, cell: cellGradient };
}

/**
 * Computes the factors of the backward pass that do not depend on later steps, for all steps at once. Where a step is
 * skipped they are 0, except `cellFactors`, which are 1.
 */
function computeCellFactors(
  activations: tf.Tensor3D,
  cells: tf.Tensor3D,
  start: tf.Tensor2D,
  mask: tf.Tensor2D | undefined,
) {
  return tf.tidy(() => {
    const [input, forget, candidate, output] = tf.split(activations, 4, 2) as [
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
    ];
    const squashed = tf.tanh(cells);
    const gates = tf.concat(
      [
        tf.mul<tf.Tensor3D>(candidate, differentiateSigmoid(input)),
        tf.mul<tf.Tensor3D>(shiftStates(start, cells), differentiateSigmoid(forget)),
        tf.mul<tf.Tensor3D>(input, differentiateTanh(candidate)),
        tf.mul<tf.Tensor3D>(squashed, differentiateSigmoid(output)),
      ],
      2,
    );
    const hidden = tf.mul<tf.Tensor3D>(output, differentiateTanh(squashed));
    const column = mask && expandMask(mask);
    return {
      // ∂state / ∂gate before its activation
      gateFactors: splitSteps(column ? tf.mul<tf.Tensor3D>(column, gates) : gates),
      hiddenFactors: splitSteps(column ? tf.mul<tf.Tensor3D>(column, hidden) : hidden), // ∂hidden / ∂cell
      cellFactors: splitSteps(selectByMask<tf.Tensor3D>(column, forget, tf.onesLike(forget))), // ∂cell / ∂cell before
    };
  });
}
