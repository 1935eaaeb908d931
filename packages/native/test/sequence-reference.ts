/** A number that knows what it came from: `factors` are its derivatives by `inputs`. */
interface Node {
  readonly value: number;
  readonly inputs: readonly Node[];
  readonly factors: readonly number[];
  slope: number;
}

export type Cell = 'lstm' | 'mLstm' | 'gru';
export type Arrays = Readonly<Record<string, Float32Array>>;

export interface Sizes {
  readonly batch: number;
  readonly time: number;
  readonly inputDim: number;
  readonly dim: number;
}

/** What a walk gives or what the loss weighs it by, `[batch, time, dim]` each; slopes that are left away are zeros. */
export interface ByKind<Values> {
  readonly hidden?: Values;
  readonly cell?: Values;
}

/** States and gradients in double precision. */
export interface Reference {
  /** Hidden states, and cell states where there are some. */
  readonly states: ByKind<number[]>;
  /** Σ slope · state. */
  readonly loss: number;
  /** By input. */
  readonly gradients: Readonly<Record<string, number[]>>;
}

/**
 * The equations of `lstmSequence`, `mLstmSequence` and `gruSequence`, number by number, and their gradients by the
 * chain rule.
 */
export function reference(
  cell: Cell,
  sizes: Sizes,
  inputs: Arrays,
  mask: Float32Array | undefined,
  slopes: ByKind<Float32Array>,
): Reference {
  const nodes: Node[] = [];
  const make = (value: number, from: readonly Node[], factors: readonly number[]): Node => {
    const node = { value, inputs: from, factors, slope: 0 };
    nodes.push(node);
    return node;
  };
  const leaves = Object.fromEntries(
    Object.entries(inputs).map(([name, values]) => [name, [...values].map((value) => make(value, [], []))]),
  );
  const states = walk(cell, sizes, leaves, mask, arithmetic(make));
  let loss = 0;
  for (const kind of ['hidden', 'cell'] as const)
    for (const [at, state] of states[kind].entries()) {
      const slope = slopes[kind]?.[at] ?? 0;
      state.slope += slope; // where the mask is 0 a node is the state of several steps
      loss += state.value * slope;
    }
  for (const node of nodes.toReversed())
    for (const [at, input] of node.inputs.entries()) input.slope += node.slope * node.factors[at]!;
  const valuesOf = (of: readonly Node[]) => of.map(({ value }) => value);
  return {
    states: { hidden: valuesOf(states.hidden), ...(cell !== 'gru' && { cell: valuesOf(states.cell) }) },
    loss,
    gradients: Object.fromEntries(Object.entries(leaves).map(([name, of]) => [name, of.map(({ slope }) => slope)])),
  };
}

type Arithmetic = ReturnType<typeof arithmetic>;

function arithmetic(make: (value: number, inputs: readonly Node[], factors: readonly number[]) => Node) {
  const valuesOf = (nodes: readonly Node[]) => nodes.map(({ value }) => value);
  return {
    /** start + Σ a · b */
    sum(start: Node, a: readonly Node[], b: readonly Node[]): Node {
      const value = a.reduce((sum, node, at) => sum + node.value * b[at]!.value, start.value);
      return make(value, [start, ...a, ...b], [1, ...valuesOf(b), ...valuesOf(a)]);
    },
    times: (a: Node, b: Node): Node => make(a.value * b.value, [a, b], [b.value, a.value]),
    plus: (a: Node, b: Node): Node => make(a.value + b.value, [a, b], [1, 1]),
    oneLess: (a: Node): Node => make(1 - a.value, [a], [-1]),
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

function walk(
  kind: Cell,
  { batch, time, inputDim, dim }: Sizes,
  x: Readonly<Record<string, Node[]>>,
  mask: Float32Array | undefined,
  tools: Arithmetic,
): States {
  const width = (kind === 'gru' ? 3 : 4) * dim;
  const rowOf = (name: string, row: number, length: number) => x[name]?.slice(row * length, (row + 1) * length) ?? [];
  const columnsOf = (name: string, rows: number, columns: number) =>
    Array.from({ length: columns }, (_, column) =>
      Array.from({ length: rows }, (_, row) => x[name]![row * columns + column]!),
    );
  const weight = columnsOf('weight', inputDim, width);
  const recurrent = columnsOf('recurrent', dim, width);
  const multiplying = kind === 'mLstm' ? columnsOf('recurrentMultiplier', dim, dim) : [];
  const step = (at: number, before: States): States => {
    const input = rowOf('input', at, inputDim);
    const gates = weight.map((column, j) => tools.sum(x.bias![j]!, input, column));
    if (kind === 'gru') {
      const products = recurrent.map((column, j) => tools.sum(x.recurrentBias![j]!, before.hidden, column));
      return { hidden: gruStep(gates, products, before.hidden, tools), cell: [] };
    }
    const multiplier = rowOf('multiplier', at, dim);
    const factors = multiplying.map((column, j) => tools.sum(x.recurrentMultiplierBias![j]!, before.hidden, column));
    const driving = kind === 'mLstm' ? factors.map((factor, j) => tools.times(multiplier[j]!, factor)) : before.hidden;
    return lstmStep(
      gates.map((gate, j) => tools.sum(gate, driving, recurrent[j]!)),
      before.cell,
      tools,
    );
  };
  const all: { hidden: Node[]; cell: Node[] } = { hidden: [], cell: [] };
  for (let row = 0; row < batch; row++) {
    let states: States = { hidden: rowOf('hidden', row, dim), cell: rowOf('cell', row, dim) };
    for (let at = row * time; at < (row + 1) * time; at++) {
      if (mask?.[at] !== 0) states = step(at, states);
      all.hidden.push(...states.hidden);
      all.cell.push(...states.cell);
    }
  }
  return all;
}

function lstmStep(gates: readonly Node[], before: readonly Node[], { times, plus, sigmoid, tanh }: Arithmetic): States {
  const dim = before.length;
  const cell = before.map((c, j) =>
    plus(times(sigmoid(gates[dim + j]!), c), times(sigmoid(gates[j]!), tanh(gates[2 * dim + j]!))),
  );
  return { hidden: cell.map((c, j) => times(sigmoid(gates[3 * dim + j]!), tanh(c))), cell };
}

function gruStep(
  gates: readonly Node[],
  products: readonly Node[],
  before: readonly Node[],
  tools: Arithmetic,
): Node[] {
  const { times, plus, oneLess, sigmoid, tanh } = tools;
  const dim = before.length;
  return before.map((h, j) => {
    const reset = sigmoid(plus(gates[j]!, products[j]!));
    const update = sigmoid(plus(gates[dim + j]!, products[dim + j]!));
    const candidate = tanh(plus(gates[2 * dim + j]!, times(reset, products[2 * dim + j]!)));
    return plus(times(oneLess(update), candidate), times(update, h));
  });
}
