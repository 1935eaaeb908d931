/** The project of the command `footlight` in this repository: the reproductions and their results. */
export default {
  experiments: './apps/benchmarks/experiments',
  searches: './apps/benchmarks/searches',
  results: './apps/benchmarks/results',
  claims: './apps/benchmarks/claims.ts',
  seeds: 5,
};
