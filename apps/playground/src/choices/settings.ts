import { isLossName, type LossName } from './losses.js';
import { getModel, isModelName, type ModelName } from './models.js';

/** What is trained; the address of the page holds it. */
export interface Settings {
  readonly model: ModelName;
  /** Absent for models that are solved. */
  readonly loss?: LossName;
  readonly dim: number;
  /** 0 for models that are solved. */
  readonly epochs: number;
  readonly seed: number;
}

/** Lowest and highest value of the numbers. */
export const limits: Readonly<Record<'dim' | 'epochs' | 'seed', readonly [low: number, high: number]>> = {
  dim: [2, 256],
  epochs: [1, 200],
  seed: [0, 2 ** 31 - 1],
};

/** The settings that a model starts with. */
export function createSettings(model: ModelName): Settings {
  const { losses, epochs = 0 } = getModel(model);
  return { model, ...(losses[0] && { loss: losses[0] }), dim: 32, epochs, seed: 42 };
}

/** Settings as the end of an address, e.g. `model=factorization&loss=bpr&dim=32&epochs=12&seed=42`. */
export function formatSettings(settings: Settings): string {
  const { hasDim } = getModel(settings.model);
  const { dim, epochs, loss, ...others } = settings;
  const values = { ...others, ...(loss && { loss, epochs }), ...(hasDim && { dim }) };
  return new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();
}

/** Settings of an address, with what was wrong with it. Whatever is missing or wrong is that of the model. */
export function parseSettings(hash: string): { readonly settings: Settings; readonly problems: readonly string[] } {
  const given = new URLSearchParams(hash.replace(/^#/, ''));
  const problems: string[] = [];
  const model = given.get('model') ?? 'factorization';
  if (!isModelName(model)) {
    problems.push(`The address names the model “${model}”, which this page does not have.`);
    return { settings: createSettings('factorization'), problems };
  }
  const start = createSettings(model);
  const readNumber = (name: keyof typeof limits): number => {
    const text = given.get(name);
    if (text === null || (name === 'epochs' && start.epochs === 0)) return start[name];
    const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
    const [low, high] = limits[name];
    if (value >= low && value <= high) return value;
    problems.push(`The address has ${name} = ${text}; expected a whole number from ${low} to ${high}.`);
    return start[name];
  };
  const loss = given.get('loss');
  const fits = loss !== null && isLossName(loss) && getModel(model).losses.includes(loss);
  if (loss !== null && !fits) problems.push(`The address names the loss “${loss}”, which ${model} does not take.`);
  const settings = { ...start, dim: readNumber('dim'), epochs: readNumber('epochs'), seed: readNumber('seed') };
  return { settings: fits ? { ...settings, loss } : settings, problems };
}
