/** A number on the tape: `factors` are its derivatives with respect to `inputs`. */
interface Node {
  readonly value: number;
  readonly inputs: readonly Node[];
  readonly factors: readonly number[];
  gradient: number;
}

export type Cell = 'lstm' | 'mLstm' | 'gru';
export type Arrays = Readonly<Record<string, Float32Array>>;

export interface Sizes {
  readonly batch: number;
  readonly time: number;
  readonly inputDim: number;
  readonly dim: number;
}

/** States or weights of states in the loss, `[batch, time, dim]` each. Weights that are absent are 0. */
export interface ByKind<Values> {
  readonly hidden?: Values;
  readonly cell?: Values;
}

/** States and gradients in double precision. */
export interface Reference {
  /** Hidden states, and cell states of cells that have them. */
  readonly states: ByKind<number[]>;
  /** Σ weight · state. */
  readonly loss: number;
  /** By name of the input. */
  readonly gradients: Readonly<Record<string, number[]>>;
}

/**
 * Computes the equations of `lstmSequence`, `mLstmSequence` and `gruSequence` number by number, and their gradients by
 * the chain rule.
 */
export function computeReference(
  cell: Cell,
  sizes: Sizes,
  inputs: Arrays,
  mask: Float32Array | undefined,
  weights: ByKind<Float32Array>,
): Reference {
  const nodes: Node[] = [];
  const make = (value: number, from: readonly Node[], factors: readonly number[]): Node => {
    const node = { value, inputs: from, factors, gradient: 0 };
    nodes.push(node);
    return node;
  };
  const leaves = Object.fromEntries(
    Object.entries(inputs).map(([name, values]) => [name, [...values].map((value) => make(value, [], []))]),
  );
  const states = runSteps(cell, sizes, leaves, mask, createArithmetic(make));
  let loss = 0;
  for (const kind of ['hidden', 'cell'] as const)
    for (const [at, state] of states[kind].entries()) {
      const weight = weights[kind]?.[at] ?? 0;
      state.gradient += weight; // where the mask is 0, one node is the state of several steps
      loss += state.value * weight;
    }
  for (const node of nodes.toReversed())
    for (const [at, input] of node.inputs.entries()) input.gradient += node.gradient * node.factors[at]!;
  const readValues = (list: readonly Node[]) => list.map(({ value }) => value);
  return {
    states: { hidden: readValues(states.hidden), ...(cell !== 'gru' && { cell: readValues(states.cell) }) },
    loss,
    gradients: Object.fromEntries(
      Object.entries(leaves).map(([name, list]) => [name, list.map(({ gradient }) => gradient)]),
    ),
  };
}

type Arithmetic = ReturnType<typeof createArithmetic>;

function createArithmetic(make: (value: number, inputs: readonly Node[], factors: readonly number[]) => Node) {
  const readValues = (nodes: readonly Node[]) => nodes.map(({ value }) => value);
  return {
    /** start + Σ a · b */
    sum(start: Node, a: readonly Node[], b: readonly Node[]): Node {
      const value = a.reduce((sum, node, at) => sum + node.value * b[at]!.value, start.value);
      return make(value, [start, ...a, ...b], [1, ...readValues(b), ...readValues(a)]);
    },
    times: (a: Node, b: Node): Node => make(a.value * b.value, [a, b], [b.value, a.value]),
    plus: (a: Node, b: Node): Node => make(a.value + b.value, [a, b], [1, 1]),
    subtractFromOne: (a: Node): Node => make(1 - a.value, [a], [-1]),
    sigmoid(x: Node): Node {
      const y = 1 / (1 + Math.exp(-x.value));
      return make(y, [x], [y * (1 - y)]);
    },
    tanh(x: Node): Node {
      const y = Math.tanh(x.value);
      return make(y, [x], [1 - y * y]);
    },
  };
}

/** States of one row, or of all rows and steps. */
interface States {
  readonly hidden: readonly Node[];
  readonly cell: readonly Node[];
}

function runSteps(
  kind: Cell,
  { batch, time, inputDim, dim }: Sizes,
  x: Readonly<Record<string, Node[]>>,
  mask: Float32Array | undefined,
  tools: Arithmetic,
): States {
  const width = (kind === 'gru' ? 3 : 4) * dim;
  const readRow = (name: string, row: number, length: number) => x[name]?.slice(row * length, (row + 1) * length) ?? [];
  const readColumns = (name: string, rows: number, columns: number) =>
    Array.from({ length: columns }, (_, column) =>
      Array.from({ length: rows }, (_, row) => x[name]![row * columns + column]!),
    );
  const weight = readColumns('weight', inputDim, width);
  const recurrent = readColumns('recurrent', dim, width);
  const multiplierColumns = kind === 'mLstm' ? readColumns('recurrentMultiplier', dim, dim) : [];
  const step = (at: number, before: States): States => {
    const input = readRow('input', at, inputDim);
    const gates = weight.map((column, j) => tools.sum(x.bias![j]!, input, column));
    if (kind === 'gru') {
      const products = recurrent.map((column, j) => tools.sum(x.recurrentBias![j]!, before.hidden, column));
      return { hidden: runGruStep(gates, products, before.hidden, tools), cell: [] };
    }
    const multiplier = readRow('multiplier', at, dim);
    const factors = multiplierColumns.map((column, j) =>
      tools.sum(x.recurrentMultiplierBias![j]!, before.hidden, column),
    );
    const recurrentInput =
      kind === 'mLstm' ? factors.map((factor, j) => tools.times(multiplier[j]!, factor)) : before.hidden;
    return runLstmStep(
      gates.map((gate, j) => tools.sum(gate, recurrentInput, recurrent[j]!)),
      before.cell,
      tools,
    );
  };
  const all: { hidden: Node[]; cell: Node[] } = { hidden: [], cell: [] };
  for (let row = 0; row < batch; row++) {
    let states: States = { hidden: readRow('hidden', row, dim), cell: readRow('cell', row, dim) };
    for (let at = row * time; at < (row + 1) * time; at++) {
      if (mask?.[at] !== 0) states = step(at, states);
      all.hidden.push(...states.hidden);
      all.cell.push(...states.cell);
    }
  }
  return all;
}

function runLstmStep(
  gates: readonly Node[],
  before: readonly Node[],
  { times, plus, sigmoid, tanh }: Arithmetic,
): States {
  const dim = before.length;
  const cell = before.map((c, j) =>
    plus(times(sigmoid(gates[dim + j]!), c), times(sigmoid(gates[j]!), tanh(gates[2 * dim + j]!))),
  );
  return { hidden: cell.map((c, j) => times(sigmoid(gates[3 * dim + j]!), tanh(c))), cell };
}

function runGruStep(
  gates: readonly Node[],
  products: readonly Node[],
  before: readonly Node[],
  tools: Arithmetic,
): Node[] {
  const { times, plus, subtractFromOne, sigmoid, tanh } = tools;
  const dim = before.length;
  return before.map((h, j) => {
    const reset = sigmoid(plus(gates[j]!, products[j]!));
    const update = sigmoid(plus(gates[dim + j]!, products[dim + j]!));
    const candidate = tanh(plus(gates[2 * dim + j]!, times(reset, products[2 * dim + j]!)));
    return plus(times(subtractFromOne(update), candidate), times(update, h));
  });
}
