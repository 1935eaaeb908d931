/** The project of the command `footlight` in this repository: the reproductions and their results. */
export default {
  experiments: './apps/benchmarks/experiments',
  results: './apps/benchmarks/results',
  seeds: 5,
};
