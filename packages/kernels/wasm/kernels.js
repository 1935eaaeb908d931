/** The kernels over a runtime (see `runtime.js`): checks arguments, copies what is not in its memory, calls them. */
export function createKernels({ exports, memory }) {
  return {
    sgemm(transposeA, transposeB, m, n, k, a, b, outC, add = false, bias = undefined) {
      const floats = exports.sgemm_workspace(transposeA, transposeB, m, n, k);
      const workspace = memory.allocate(4 * floats);
      exports.sgemm(
        transposeA,
        transposeB,
        m,
        n,
        k,
        a.byteOffset,
        b.byteOffset,
        outC.byteOffset,
        add,
        bias?.byteOffset ?? 0,
        workspace,
      );
      memory.free(workspace);
    },
  };
}
