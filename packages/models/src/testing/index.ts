export { describeRepresentation } from './describe-representation.js';
export { describeSolver } from './describe-solver.js';
