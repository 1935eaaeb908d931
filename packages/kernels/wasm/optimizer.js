const names = ['sgd', 'adagrad', 'adam', 'adam-w'];
/** Codes of the update rules in the C++ kernels. */
const rules = { sgd: 0, momentum: 1, adagrad: 2, adam: 3 };

/** Finds the update rule. @returns its code and the number of its slots */
export function findRule(name, momentum) {
  if (name === 'adam' || name === 'adam-w') return { rule: rules.adam, slots: 2 };
  if (name === 'adagrad') return { rule: rules.adagrad, slots: 1 };
  return momentum > 0 ? { rule: rules.momentum, slots: 1 } : { rule: rules.sgd, slots: 0 };
}

/** Computes what changes from step to step, in the order of `BilinearFactors`. */
export function computeFactors({ rate, beta1, beta2, decay }, step) {
  return [rate, rate / (1 - beta1 ** step), 1 / Math.sqrt(1 - beta2 ** step), 1 - rate * decay];
}

/** Reads an optimizer, each property once. `fail` throws. */
export function readOptimizer(options, fail) {
  if ((typeof options !== 'object' && typeof options !== 'function') || options === null)
    fail('optimizer', 'an object', 'something else');
  const { name } = options;
  if (!names.includes(name))
    fail('optimizer.name', 'sgd, adagrad, adam or adam-w', typeof name === 'string' && name !== '' ? name : 'no text');
  const read = (key, otherwise) => {
    const value = options[key];
    return typeof value === 'number' ? value : otherwise;
  };
  const isAdam = name.startsWith('adam');
  const rate = read('learningRate', 0);
  const [beta1, beta2] = [read('beta1', 0.9), read('beta2', 0.999)];
  const decay = name === 'adam-w' ? read('decay', 0.01) : 0;
  const epsilon = read('epsilon', isAdam ? 1e-8 : 1e-10);
  const [l2, momentum] = [read('l2', 0), read('momentum', 0)];
  return { ...findRule(name, Math.fround(momentum)), rate, beta1, beta2, decay, epsilon, l2, momentum };
}
