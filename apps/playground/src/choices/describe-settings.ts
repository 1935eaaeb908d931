import { getLossLabel } from './losses.js';
import { getModel } from './models.js';
import type { Settings } from './settings.js';

/** The name of what was trained, e.g. `SASRec · BPR · dim 32 · 10 epochs · seed 42`. */
export function describeSettings({ model, loss, dim, epochs, seed }: Settings): string {
  const { label, hasDim } = getModel(model);
  const learned = loss && [getLossLabel(loss), `${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}`];
  return [label, ...(learned ?? []), ...(hasDim ? [`dim ${dim}`] : []), `seed ${seed}`].join(' · ');
}
