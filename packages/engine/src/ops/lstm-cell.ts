import * as tf from '@tensorflow/tfjs';
import { type FusedOp, runFused, type Walked } from './sequence-op.js';
import {
  differentiateSigmoid,
  differentiateTanh,
  expandMask,
  selectByMask,
  shiftStates,
  splitSteps,
  stackSteps,
} from './steps.js';

/** States after each step. A type, not an interface, so that `tf.tidy` takes it for tensors under names. */
export type LstmStates = {
  /** `[batch, time, dim]` */
  readonly hidden: tf.Tensor3D;
  /** `[batch, time, dim]` */
  readonly cell: tf.Tensor3D;
};

/** What every long short-term memory starts from. */
export interface LstmStart {
  /** State before the first step, `[batch, dim]`. */
  readonly hidden: tf.Tensor2D;
  /** State before the first step, `[batch, dim]`. */
  readonly cell: tf.Tensor2D;
  /** 1 where there is something, 0 where the step is skipped: `[batch, time]`. Default all 1. */
  readonly mask?: tf.Tensor2D;
}

/** Runs a long short-term memory: both kinds of states, or one alone. */
export function runLstm<Inputs extends object>(
  op: FusedOp<Inputs, keyof LstmStates>,
  inputs: Inputs,
  only: keyof LstmStates | undefined,
): LstmStates | tf.Tensor3D {
  if (only) return runFused(op, inputs, [only])[0]!;
  const [hidden, cell] = runFused(op, inputs) as [tf.Tensor3D, tf.Tensor3D];
  return { hidden, cell };
}

/** States after each step and the gates that led there. `recur` adds the state's part to the gates, `[batch, time, 4·dim]`, which hold the input's. */
export function runForward(
  gates: tf.Tensor3D,
  { hidden, cell, mask }: LstmStart,
  recur: (hidden: tf.Tensor2D, step: number) => tf.Tensor2D,
): LstmStates & { activations: tf.Tensor3D } {
  const real = mask && splitSteps(expandMask(mask)); // [batch, 1] each
  const steps: { hidden: tf.Tensor2D; cell: tf.Tensor2D; activations: tf.Tensor2D }[] = [];
  let before = { hidden, cell };
  for (const [step, given] of splitSteps(gates).entries()) {
    const after = runCell(tf.add(given, recur(before.hidden, step)), before, real?.[step]);
    steps.push(after);
    before = after;
  }
  const all = (name: 'hidden' | 'cell' | 'activations') => stackSteps(steps.map((step) => step[name]));
  return { hidden: all('hidden'), cell: all('cell'), activations: all('activations') };
}

function runCell(gates: tf.Tensor2D, before: { hidden: tf.Tensor2D; cell: tf.Tensor2D }, real: tf.Tensor | undefined) {
  return tf.tidy(() => {
    const [i, f, g, o] = tf.split(gates, 4, 1) as [tf.Tensor2D, tf.Tensor2D, tf.Tensor2D, tf.Tensor2D];
    const input = tf.sigmoid(i);
    const forget = tf.sigmoid(f);
    const candidate = tf.tanh(g);
    const out = tf.sigmoid(o);
    const cell = tf.add<tf.Tensor2D>(tf.mul(forget, before.cell), tf.mul(input, candidate));
    const hidden = tf.mul<tf.Tensor2D>(out, tf.tanh(cell));
    return {
      hidden: selectByMask(real, hidden, before.hidden),
      cell: selectByMask(real, cell, before.cell),
      activations: tf.concat([input, forget, candidate, out], 1), // [batch, 4·dim]
    };
  });
}

/** The way back. `recur` leads slopes of the gates to the hidden state that the step started from. */
export function runBackward(
  { cell, mask, cellStates, hiddenSlopes, cellSlopes }: LstmStart & Walked<keyof LstmStates>,
  activations: tf.Tensor3D,
  recur: (gates: tf.Tensor2D, step: number) => tf.Tensor2D,
): { gates: tf.Tensor3D; hidden: tf.Tensor2D; cell: tf.Tensor2D } {
  const ofHidden = hiddenSlopes && splitSteps(hiddenSlopes); // [batch, dim] each
  const ofCell = cellSlopes && splitSteps(cellSlopes); // [batch, dim] each
  const idle = mask && splitSteps(tf.sub(1, expandMask(mask))); // [batch, 1] each
  const { factors, through, stay } = computeCellFactors(activations, cellStates, cell, mask);
  const gates: tf.Tensor2D[] = [];
  let hiddenSlope = tf.zerosLike(cell);
  let cellSlope = tf.zerosLike(cell);
  for (let step = factors.length - 1; step >= 0; step--) {
    const [dHidden, dCell, dGates] = tf.tidy(() => {
      const h = ofHidden ? tf.add<tf.Tensor2D>(ofHidden[step]!, hiddenSlope) : hiddenSlope;
      const later = [...(ofCell ? [ofCell[step]!] : []), cellSlope];
      const c = tf.addN([...later, tf.mul<tf.Tensor2D>(h, through[step]!)]) as tf.Tensor2D; // the step's cell is reached through its hidden state, too
      const ofGates = tf.mul<tf.Tensor2D>(tf.concat([c, c, c, h], 1), factors[step]!); // [batch, 4·dim]
      return [h, tf.mul<tf.Tensor2D>(c, stay[step]!), ofGates];
    });
    gates.unshift(dGates);
    const back = recur(dGates, step);
    hiddenSlope = idle ? tf.add(back, tf.mul(idle[step]!, dHidden)) : back;
    cellSlope = dCell;
  }
  return { gates: stackSteps(gates), hidden: hiddenSlope, cell: cellSlope };
}

/** Everything on the way back that does not wait for a later step, for all steps at once. Zero where a step is skipped, but for `stay`, which is one. */
function computeCellFactors(
  activations: tf.Tensor3D,
  cells: tf.Tensor3D,
  start: tf.Tensor2D,
  mask: tf.Tensor2D | undefined,
) {
  return tf.tidy(() => {
    const [input, forget, candidate, out] = tf.split(activations, 4, 2) as [
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
      tf.Tensor3D,
    ];
    const squashed = tf.tanh(cells);
    const factors = tf.concat(
      [
        tf.mul<tf.Tensor3D>(candidate, differentiateSigmoid(input)),
        tf.mul<tf.Tensor3D>(shiftStates(start, cells), differentiateSigmoid(forget)),
        tf.mul<tf.Tensor3D>(input, differentiateTanh(candidate)),
        tf.mul<tf.Tensor3D>(squashed, differentiateSigmoid(out)),
      ],
      2,
    );
    const through = tf.mul<tf.Tensor3D>(out, differentiateTanh(squashed));
    const real = mask && expandMask(mask);
    return {
      factors: splitSteps(real ? tf.mul<tf.Tensor3D>(real, factors) : factors), // ∂gate's output / ∂gate's input · ∂state / ∂gate's output
      through: splitSteps(real ? tf.mul<tf.Tensor3D>(real, through) : through), // ∂hidden / ∂cell
      stay: splitSteps(selectByMask<tf.Tensor3D>(real, forget, tf.onesLike(forget))), // ∂cell / ∂cell before
    };
  });
}
