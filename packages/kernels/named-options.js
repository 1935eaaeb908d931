// structure: generated from signatures.js by build-options.mjs.
// biome-ignore-all format: generated
import { refuseOption, refuseOptions } from './refuse-options.js';

/**
 * Gives kernels with positional parameters one object with named fields instead. Each field is read once, before the
 * kernel checks any; a name that a kernel does not have is refused.
 */
export function acceptOptions(kernels) {
  const {
    fillUniform, fillNormal, fillMask, sgemm, bgemm, batchedSgemm, unary, binary, compare, select, reduce, argReduce,
    unfoldSteps, foldSteps, cumulativeSum, softmax, copy, gatherRows, sumSegments, oneHot, sumRows, sumRowsGradient,
    scoreRows, leastSquaresGram, solveLeastSquares, nearestSets, rankTargets, rankScores, rankSparse, sparseSoftmaxLoss,
    sparseSoftmaxGradient, optimizerDense, optimizerRows, lstmSequence, lstmSequenceGradient, lstmSequenceOfRows,
    lstmSequenceOfRowsGradient, mLstmSequence, mLstmSequenceGradient, gruSequence, gruSequenceGradient, attention,
    attentionGradient, layerNormalization, layerNormalizationGradient,
  } = kernels;
  return {
    ...kernels,

    fillUniform(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('fillUniform', options);
      for (const name in options)
        switch (name) {
          case 'out': case 'state': case 'low': case 'high':
            continue;
          default:
            refuseOption('fillUniform', name);
        }
      return fillUniform(
        options.out, options.state, options.low, options.high,
      );
    },

    fillNormal(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('fillNormal', options);
      for (const name in options)
        switch (name) {
          case 'out': case 'state': case 'mean': case 'deviation':
            continue;
          default:
            refuseOption('fillNormal', name);
        }
      return fillNormal(
        options.out, options.state, options.mean, options.deviation,
      );
    },

    fillMask(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('fillMask', options);
      for (const name in options)
        switch (name) {
          case 'out': case 'state': case 'rate':
            continue;
          default:
            refuseOption('fillMask', name);
        }
      return fillMask(
        options.out, options.state, options.rate,
      );
    },

    sgemm(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('sgemm', options);
      for (const name in options)
        switch (name) {
          case 'transposeA': case 'transposeB': case 'rows': case 'columns': case 'inner': case 'a': case 'b':
          case 'out': case 'accumulate': case 'bias':
            continue;
          default:
            refuseOption('sgemm', name);
        }
      return sgemm(
        options.transposeA, options.transposeB, options.rows, options.columns, options.inner, options.a, options.b,
        options.out, options.accumulate, options.bias,
      );
    },

    bgemm(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('bgemm', options);
      for (const name in options)
        switch (name) {
          case 'transposeA': case 'transposeB': case 'rows': case 'columns': case 'inner': case 'a': case 'b':
          case 'out': case 'accumulate': case 'bias':
            continue;
          default:
            refuseOption('bgemm', name);
        }
      return bgemm(
        options.transposeA, options.transposeB, options.rows, options.columns, options.inner, options.a, options.b,
        options.out, options.accumulate, options.bias,
      );
    },

    batchedSgemm(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('batchedSgemm', options);
      for (const name in options)
        switch (name) {
          case 'transposeA': case 'transposeB': case 'batch': case 'rows': case 'columns': case 'inner': case 'a':
          case 'strideA': case 'b': case 'strideB': case 'out': case 'accumulate':
            continue;
          default:
            refuseOption('batchedSgemm', name);
        }
      return batchedSgemm(
        options.transposeA, options.transposeB, options.batch, options.rows, options.columns, options.inner, options.a,
        options.strideA, options.b, options.strideB, options.out, options.accumulate,
      );
    },

    unary(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('unary', options);
      for (const name in options)
        switch (name) {
          case 'code': case 'x': case 'out': case 'alpha': case 'beta':
            continue;
          default:
            refuseOption('unary', name);
        }
      return unary(
        options.code, options.x, options.out, options.alpha, options.beta,
      );
    },

    binary(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('binary', options);
      for (const name in options)
        switch (name) {
          case 'code': case 'a': case 'b': case 'out': case 'strides':
            continue;
          default:
            refuseOption('binary', name);
        }
      return binary(
        options.code, options.a, options.b, options.out, options.strides,
      );
    },

    compare(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('compare', options);
      for (const name in options)
        switch (name) {
          case 'code': case 'a': case 'b': case 'out': case 'strides':
            continue;
          default:
            refuseOption('compare', name);
        }
      return compare(
        options.code, options.a, options.b, options.out, options.strides,
      );
    },

    select(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('select', options);
      for (const name in options)
        switch (name) {
          case 'condition': case 'a': case 'b': case 'out':
            continue;
          default:
            refuseOption('select', name);
        }
      return select(
        options.condition, options.a, options.b, options.out,
      );
    },

    reduce(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('reduce', options);
      for (const name in options)
        switch (name) {
          case 'code': case 'x': case 'out': case 'outer': case 'count': case 'inner': case 'scale':
            continue;
          default:
            refuseOption('reduce', name);
        }
      return reduce(
        options.code, options.x, options.out, options.outer, options.count, options.inner, options.scale,
      );
    },

    argReduce(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('argReduce', options);
      for (const name in options)
        switch (name) {
          case 'largest': case 'x': case 'out': case 'rows': case 'columns':
            continue;
          default:
            refuseOption('argReduce', name);
        }
      return argReduce(
        options.largest, options.x, options.out, options.rows, options.columns,
      );
    },

    unfoldSteps(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('unfoldSteps', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'out': case 'batch': case 'time': case 'dim': case 'width': case 'dilation':
            continue;
          default:
            refuseOption('unfoldSteps', name);
        }
      return unfoldSteps(
        options.x, options.out, options.batch, options.time, options.dim, options.width, options.dilation,
      );
    },

    foldSteps(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('foldSteps', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'out': case 'batch': case 'time': case 'dim': case 'width': case 'dilation':
            continue;
          default:
            refuseOption('foldSteps', name);
        }
      return foldSteps(
        options.x, options.out, options.batch, options.time, options.dim, options.width, options.dilation,
      );
    },

    cumulativeSum(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('cumulativeSum', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'out': case 'outer': case 'steps': case 'inner': case 'exclusive': case 'reverse':
            continue;
          default:
            refuseOption('cumulativeSum', name);
        }
      return cumulativeSum(
        options.x, options.out, options.outer, options.steps, options.inner, options.exclusive, options.reverse,
      );
    },

    softmax(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('softmax', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'out': case 'rows': case 'columns':
            continue;
          default:
            refuseOption('softmax', name);
        }
      return softmax(
        options.x, options.out, options.rows, options.columns,
      );
    },

    copy(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('copy', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'from': case 'out': case 'to': case 'strides':
            continue;
          default:
            refuseOption('copy', name);
        }
      return copy(
        options.x, options.from, options.out, options.to, options.strides,
      );
    },

    gatherRows(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('gatherRows', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'ids': case 'out': case 'batch': case 'outer': case 'rows': case 'inner':
            continue;
          default:
            refuseOption('gatherRows', name);
        }
      return gatherRows(
        options.x, options.ids, options.out, options.batch, options.outer, options.rows, options.inner,
      );
    },

    sumSegments(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('sumSegments', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'ids': case 'out': case 'segments': case 'inner':
            continue;
          default:
            refuseOption('sumSegments', name);
        }
      return sumSegments(
        options.x, options.ids, options.out, options.segments, options.inner,
      );
    },

    oneHot(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('oneHot', options);
      for (const name in options)
        switch (name) {
          case 'ids': case 'out': case 'depth': case 'on': case 'off':
            continue;
          default:
            refuseOption('oneHot', name);
        }
      return oneHot(
        options.ids, options.out, options.depth, options.on, options.off,
      );
    },

    sumRows(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('sumRows', options);
      for (const name in options)
        switch (name) {
          case 'table': case 'dim': case 'offsets': case 'ids': case 'weights': case 'out':
            continue;
          default:
            refuseOption('sumRows', name);
        }
      return sumRows(
        options.table, options.dim, options.offsets, options.ids, options.weights, options.out,
      );
    },

    sumRowsGradient(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('sumRowsGradient', options);
      for (const name in options)
        switch (name) {
          case 'gradients': case 'dim': case 'offsets': case 'ids': case 'weights': case 'rowCount': case 'outIds':
          case 'outValues': case 'outWeights':
            continue;
          default:
            refuseOption('sumRowsGradient', name);
        }
      return sumRowsGradient(
        options.gradients, options.dim, options.offsets, options.ids, options.weights, options.rowCount, options.outIds,
        options.outValues, options.outWeights,
      );
    },

    scoreRows(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('scoreRows', options);
      for (const name in options)
        switch (name) {
          case 'vectors': case 'table': case 'bias': case 'dim': case 'ids': case 'out':
            continue;
          default:
            refuseOption('scoreRows', name);
        }
      return scoreRows(
        options.vectors, options.table, options.bias, options.dim, options.ids, options.out,
      );
    },

    leastSquaresGram(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('leastSquaresGram', options);
      for (const name in options)
        switch (name) {
          case 'out': case 'fixed': case 'dim': case 'regularization':
            continue;
          default:
            refuseOption('leastSquaresGram', name);
        }
      return leastSquaresGram(
        options.out, options.fixed, options.dim, options.regularization,
      );
    },

    solveLeastSquares(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('solveLeastSquares', options);
      for (const name in options)
        switch (name) {
          case 'outRows': case 'fixed': case 'dim': case 'offsets': case 'ids': case 'confidences':
          case 'regularization': case 'steps': case 'gram': case 'regularizations': case 'zerosEverywhere':
            continue;
          default:
            refuseOption('solveLeastSquares', name);
        }
      return solveLeastSquares(
        options.outRows, options.fixed, options.dim, options.offsets, options.ids, options.confidences,
        options.regularization, options.steps, options.gram, options.regularizations, options.zerosEverywhere,
      );
    },

    nearestSets(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('nearestSets', options);
      for (const name in options)
        switch (name) {
          case 'outIds': case 'outSimilarities': case 'offsets': case 'members': case 'setOffsets': case 'memberOf':
          case 'similarity': case 'shrink': case 'begin': case 'end': case 'weights': case 'memberWeights':
          case 'ownScales': case 'otherScales':
            continue;
          default:
            refuseOption('nearestSets', name);
        }
      return nearestSets(
        options.outIds, options.outSimilarities, options.offsets, options.members, options.setOffsets, options.memberOf,
        options.similarity, options.shrink, options.begin, options.end, options.weights, options.memberWeights,
        options.ownScales, options.otherScales,
      );
    },

    rankTargets(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('rankTargets', options);
      for (const name in options)
        switch (name) {
          case 'vectors': case 'table': case 'bias': case 'queryCount': case 'itemCount': case 'dim':
          case 'seenOffsets': case 'seenIds': case 'relevantOffsets': case 'relevantIds': case 'seenLast': case 'top':
          case 'outRanks': case 'outBestRanks': case 'outWorstRanks': case 'outFound': case 'outCandidateCounts':
          case 'outTop': case 'outTopScores':
            continue;
          default:
            refuseOption('rankTargets', name);
        }
      return rankTargets(
        options.vectors, options.table, options.bias, options.queryCount, options.itemCount, options.dim,
        options.seenOffsets, options.seenIds, options.relevantOffsets, options.relevantIds, options.seenLast,
        options.top, options.outRanks, options.outBestRanks, options.outWorstRanks, options.outFound,
        options.outCandidateCounts, options.outTop, options.outTopScores,
      );
    },

    rankScores(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('rankScores', options);
      for (const name in options)
        switch (name) {
          case 'scores': case 'queryCount': case 'itemCount': case 'seenOffsets': case 'seenIds':
          case 'relevantOffsets': case 'relevantIds': case 'seenLast': case 'top': case 'outRanks': case 'outBestRanks':
          case 'outWorstRanks': case 'outFound': case 'outCandidateCounts': case 'outTop': case 'outTopScores':
            continue;
          default:
            refuseOption('rankScores', name);
        }
      return rankScores(
        options.scores, options.queryCount, options.itemCount, options.seenOffsets, options.seenIds,
        options.relevantOffsets, options.relevantIds, options.seenLast, options.top, options.outRanks,
        options.outBestRanks, options.outWorstRanks, options.outFound, options.outCandidateCounts, options.outTop,
        options.outTopScores,
      );
    },

    rankSparse(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('rankSparse', options);
      for (const name in options)
        switch (name) {
          case 'rowOffsets': case 'rowIds': case 'rowWeights': case 'tableOffsets': case 'tableIds':
          case 'tableWeights': case 'queryCount': case 'itemCount': case 'seenOffsets': case 'seenIds':
          case 'relevantOffsets': case 'relevantIds': case 'seenLast': case 'top': case 'outRanks': case 'outBestRanks':
          case 'outWorstRanks': case 'outFound': case 'outCandidateCounts': case 'outTop': case 'outTopScores':
            continue;
          default:
            refuseOption('rankSparse', name);
        }
      return rankSparse(
        options.rowOffsets, options.rowIds, options.rowWeights, options.tableOffsets, options.tableIds,
        options.tableWeights, options.queryCount, options.itemCount, options.seenOffsets, options.seenIds,
        options.relevantOffsets, options.relevantIds, options.seenLast, options.top, options.outRanks,
        options.outBestRanks, options.outWorstRanks, options.outFound, options.outCandidateCounts, options.outTop,
        options.outTopScores,
      );
    },

    sparseSoftmaxLoss(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('sparseSoftmaxLoss', options);
      for (const name in options)
        switch (name) {
          case 'logits': case 'queryCount': case 'itemCount': case 'offsets': case 'ids': case 'weights':
          case 'outLosses': case 'outNormalizers':
            continue;
          default:
            refuseOption('sparseSoftmaxLoss', name);
        }
      return sparseSoftmaxLoss(
        options.logits, options.queryCount, options.itemCount, options.offsets, options.ids, options.weights,
        options.outLosses, options.outNormalizers,
      );
    },

    sparseSoftmaxGradient(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('sparseSoftmaxGradient', options);
      for (const name in options)
        switch (name) {
          case 'logits': case 'queryCount': case 'itemCount': case 'offsets': case 'ids': case 'weights':
          case 'normalizers': case 'gradients': case 'out':
            continue;
          default:
            refuseOption('sparseSoftmaxGradient', name);
        }
      return sparseSoftmaxGradient(
        options.logits, options.queryCount, options.itemCount, options.offsets, options.ids, options.weights,
        options.normalizers, options.gradients, options.out,
      );
    },

    optimizerDense(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('optimizerDense', options);
      for (const name in options)
        switch (name) {
          case 'optimizer': case 'step': case 'factor': case 'weights': case 'firstSlot': case 'secondSlot':
          case 'gradient':
            continue;
          default:
            refuseOption('optimizerDense', name);
        }
      return optimizerDense(
        options.optimizer, options.step, options.factor, options.weights, options.firstSlot, options.secondSlot,
        options.gradient,
      );
    },

    optimizerRows(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('optimizerRows', options);
      for (const name in options)
        switch (name) {
          case 'optimizer': case 'step': case 'factor': case 'weights': case 'firstSlot': case 'secondSlot': case 'ids':
          case 'gradients': case 'scratch': case 'dense':
            continue;
          default:
            refuseOption('optimizerRows', name);
        }
      return optimizerRows(
        options.optimizer, options.step, options.factor, options.weights, options.firstSlot, options.secondSlot,
        options.ids, options.gradients, options.scratch, options.dense,
      );
    },

    lstmSequence(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('lstmSequence', options);
      for (const name in options)
        switch (name) {
          case 'input': case 'weight': case 'bias': case 'recurrent': case 'hidden': case 'cell': case 'mask':
          case 'batch': case 'time': case 'inputDim': case 'dim': case 'outHiddenStates': case 'outCellStates':
          case 'outSaved':
            continue;
          default:
            refuseOption('lstmSequence', name);
        }
      return lstmSequence(
        options.input, options.weight, options.bias, options.recurrent, options.hidden, options.cell, options.mask,
        options.batch, options.time, options.inputDim, options.dim, options.outHiddenStates, options.outCellStates,
        options.outSaved,
      );
    },

    lstmSequenceGradient(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('lstmSequenceGradient', options);
      for (const name in options)
        switch (name) {
          case 'input': case 'weight': case 'recurrent': case 'hidden': case 'cell': case 'mask': case 'hiddenStates':
          case 'cellStates': case 'saved': case 'hiddenGradients': case 'cellGradients': case 'batch': case 'time':
          case 'inputDim': case 'dim': case 'outInputGradient': case 'outWeightGradient': case 'outBiasGradient':
          case 'outRecurrentGradient': case 'outHiddenGradient': case 'outCellGradient':
            continue;
          default:
            refuseOption('lstmSequenceGradient', name);
        }
      return lstmSequenceGradient(
        options.input, options.weight, options.recurrent, options.hidden, options.cell, options.mask,
        options.hiddenStates, options.cellStates, options.saved, options.hiddenGradients, options.cellGradients,
        options.batch, options.time, options.inputDim, options.dim, options.outInputGradient, options.outWeightGradient,
        options.outBiasGradient, options.outRecurrentGradient, options.outHiddenGradient, options.outCellGradient,
      );
    },

    lstmSequenceOfRows(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('lstmSequenceOfRows', options);
      for (const name in options)
        switch (name) {
          case 'table': case 'index': case 'weight': case 'bias': case 'recurrent': case 'hidden': case 'cell':
          case 'mask': case 'batch': case 'time': case 'inputDim': case 'dim': case 'rows': case 'outHiddenStates':
          case 'outCellStates': case 'outSaved':
            continue;
          default:
            refuseOption('lstmSequenceOfRows', name);
        }
      return lstmSequenceOfRows(
        options.table, options.index, options.weight, options.bias, options.recurrent, options.hidden, options.cell,
        options.mask, options.batch, options.time, options.inputDim, options.dim, options.rows, options.outHiddenStates,
        options.outCellStates, options.outSaved,
      );
    },

    lstmSequenceOfRowsGradient(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('lstmSequenceOfRowsGradient', options);
      for (const name in options)
        switch (name) {
          case 'table': case 'index': case 'weight': case 'recurrent': case 'hidden': case 'cell': case 'mask':
          case 'hiddenStates': case 'cellStates': case 'saved': case 'hiddenGradients': case 'cellGradients':
          case 'batch': case 'time': case 'inputDim': case 'dim': case 'rows': case 'outTableGradient':
          case 'outWeightGradient': case 'outBiasGradient': case 'outRecurrentGradient': case 'outHiddenGradient':
          case 'outCellGradient':
            continue;
          default:
            refuseOption('lstmSequenceOfRowsGradient', name);
        }
      return lstmSequenceOfRowsGradient(
        options.table, options.index, options.weight, options.recurrent, options.hidden, options.cell, options.mask,
        options.hiddenStates, options.cellStates, options.saved, options.hiddenGradients, options.cellGradients,
        options.batch, options.time, options.inputDim, options.dim, options.rows, options.outTableGradient,
        options.outWeightGradient, options.outBiasGradient, options.outRecurrentGradient, options.outHiddenGradient,
        options.outCellGradient,
      );
    },

    mLstmSequence(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('mLstmSequence', options);
      for (const name in options)
        switch (name) {
          case 'input': case 'weight': case 'bias': case 'recurrent': case 'hidden': case 'cell': case 'multiplier':
          case 'recurrentMultiplier': case 'recurrentMultiplierBias': case 'mask': case 'batch': case 'time':
          case 'inputDim': case 'dim': case 'outHiddenStates': case 'outCellStates': case 'outSaved':
            continue;
          default:
            refuseOption('mLstmSequence', name);
        }
      return mLstmSequence(
        options.input, options.weight, options.bias, options.recurrent, options.hidden, options.cell,
        options.multiplier, options.recurrentMultiplier, options.recurrentMultiplierBias, options.mask, options.batch,
        options.time, options.inputDim, options.dim, options.outHiddenStates, options.outCellStates, options.outSaved,
      );
    },

    mLstmSequenceGradient(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('mLstmSequenceGradient', options);
      for (const name in options)
        switch (name) {
          case 'input': case 'weight': case 'recurrent': case 'hidden': case 'cell': case 'multiplier':
          case 'recurrentMultiplier': case 'mask': case 'hiddenStates': case 'cellStates': case 'saved':
          case 'hiddenGradients': case 'cellGradients': case 'batch': case 'time': case 'inputDim': case 'dim':
          case 'outInputGradient': case 'outWeightGradient': case 'outBiasGradient': case 'outRecurrentGradient':
          case 'outHiddenGradient': case 'outCellGradient': case 'outMultiplierGradient':
          case 'outRecurrentMultiplierGradient': case 'outRecurrentMultiplierBiasGradient':
            continue;
          default:
            refuseOption('mLstmSequenceGradient', name);
        }
      return mLstmSequenceGradient(
        options.input, options.weight, options.recurrent, options.hidden, options.cell, options.multiplier,
        options.recurrentMultiplier, options.mask, options.hiddenStates, options.cellStates, options.saved,
        options.hiddenGradients, options.cellGradients, options.batch, options.time, options.inputDim, options.dim,
        options.outInputGradient, options.outWeightGradient, options.outBiasGradient, options.outRecurrentGradient,
        options.outHiddenGradient, options.outCellGradient, options.outMultiplierGradient,
        options.outRecurrentMultiplierGradient, options.outRecurrentMultiplierBiasGradient,
      );
    },

    gruSequence(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('gruSequence', options);
      for (const name in options)
        switch (name) {
          case 'input': case 'weight': case 'bias': case 'recurrent': case 'recurrentBias': case 'hidden': case 'mask':
          case 'batch': case 'time': case 'inputDim': case 'dim': case 'outHiddenStates': case 'outSaved':
            continue;
          default:
            refuseOption('gruSequence', name);
        }
      return gruSequence(
        options.input, options.weight, options.bias, options.recurrent, options.recurrentBias, options.hidden,
        options.mask, options.batch, options.time, options.inputDim, options.dim, options.outHiddenStates,
        options.outSaved,
      );
    },

    gruSequenceGradient(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('gruSequenceGradient', options);
      for (const name in options)
        switch (name) {
          case 'input': case 'weight': case 'recurrent': case 'hidden': case 'mask': case 'hiddenStates': case 'saved':
          case 'hiddenGradients': case 'batch': case 'time': case 'inputDim': case 'dim': case 'outInputGradient':
          case 'outWeightGradient': case 'outBiasGradient': case 'outRecurrentGradient':
          case 'outRecurrentBiasGradient': case 'outHiddenGradient':
            continue;
          default:
            refuseOption('gruSequenceGradient', name);
        }
      return gruSequenceGradient(
        options.input, options.weight, options.recurrent, options.hidden, options.mask, options.hiddenStates,
        options.saved, options.hiddenGradients, options.batch, options.time, options.inputDim, options.dim,
        options.outInputGradient, options.outWeightGradient, options.outBiasGradient, options.outRecurrentGradient,
        options.outRecurrentBiasGradient, options.outHiddenGradient,
      );
    },

    attention(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('attention', options);
      for (const name in options)
        switch (name) {
          case 'queries': case 'keys': case 'values': case 'mask': case 'stepOffsets': case 'sourceOffsets': case 'dim':
          case 'heads': case 'causal': case 'dropout': case 'seed': case 'out': case 'outNormalizers':
            continue;
          default:
            refuseOption('attention', name);
        }
      return attention(
        options.queries, options.keys, options.values, options.mask, options.stepOffsets, options.sourceOffsets,
        options.dim, options.heads, options.causal, options.dropout, options.seed, options.out, options.outNormalizers,
      );
    },

    attentionGradient(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('attentionGradient', options);
      for (const name in options)
        switch (name) {
          case 'queries': case 'keys': case 'values': case 'mask': case 'stepOffsets': case 'sourceOffsets': case 'dim':
          case 'heads': case 'causal': case 'dropout': case 'seed': case 'normalizers': case 'means': case 'gradients':
          case 'outQueryGradients': case 'outKeyGradients': case 'outValueGradients':
            continue;
          default:
            refuseOption('attentionGradient', name);
        }
      return attentionGradient(
        options.queries, options.keys, options.values, options.mask, options.stepOffsets, options.sourceOffsets,
        options.dim, options.heads, options.causal, options.dropout, options.seed, options.normalizers, options.means,
        options.gradients, options.outQueryGradients, options.outKeyGradients, options.outValueGradients,
      );
    },

    layerNormalization(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('layerNormalization', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'weight': case 'rows': case 'dim': case 'epsilon': case 'bias': case 'out':
          case 'outStatistics':
            continue;
          default:
            refuseOption('layerNormalization', name);
        }
      return layerNormalization(
        options.x, options.weight, options.rows, options.dim, options.epsilon, options.bias, options.out,
        options.outStatistics,
      );
    },

    layerNormalizationGradient(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('layerNormalizationGradient', options);
      for (const name in options)
        switch (name) {
          case 'x': case 'weight': case 'rows': case 'dim': case 'epsilon': case 'statistics': case 'gradients':
          case 'outXGradient': case 'outWeightGradient': case 'outBiasGradient':
            continue;
          default:
            refuseOption('layerNormalizationGradient', name);
        }
      return layerNormalizationGradient(
        options.x, options.weight, options.rows, options.dim, options.epsilon, options.statistics, options.gradients,
        options.outXGradient, options.outWeightGradient, options.outBiasGradient,
      );
    },
  };
}
