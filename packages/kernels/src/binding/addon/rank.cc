#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include "binding/addon/arguments.h"
#include "threading/thread_pool.h"
#include "kernels/rank.h"
#include "binding/addon/registration.h"
#include "binding/addon/workspace.h"

namespace footlight {
namespace {

Lists read_lists(const Arguments& arguments, size_t at, const char* offsets_name, const char* ids_name, int64_t queries, int64_t items) {
  const int64_t entries = arguments.length(at + 1);
  const int32_t* offsets = arguments.offsets(at, offsets_name, queries, entries);
  return {offsets, arguments.ids(at + 1, ids_name, entries, items)};
}

// That no query names an item twice. Lists are short or ascending most of the time.
void check_distinct(const Arguments& arguments, const char* name, const Lists& lists, int64_t queries) {
  parallel(queries, 1024, [&](int64_t begin, int64_t end, int) {
    std::vector<int32_t> sorted;
    for (int64_t query = begin; query < end; query++) {
      const int32_t *first = lists.ids + lists.offsets[query], *last = lists.ids + lists.offsets[query + 1];
      if (std::adjacent_find(first, last, std::greater_equal<int32_t>()) == last) continue;
      sorted.assign(first, last);
      std::sort(sorted.begin(), sorted.end());
      const auto twice = std::adjacent_find(sorted.begin(), sorted.end());
      if (twice != sorted.end())
        arguments.fail(name, "each item once per query", "item " + std::to_string(*twice) + " more than once in query " + std::to_string(query));
    }
  });
}

// …, seenOffsets, seenIds, relevantOffsets, relevantIds, seenLast, top, outRanks, outBestRanks, outWorstRanks, outFound, outCandidateCounts, outTop, outTopScores
Napi::Value rank_all(const Napi::CallbackInfo& info, const Arguments& arguments, RankJob& job, size_t at) {
  job.seen = read_lists(arguments, at, "seenOffsets", "seenIds", job.queries, job.items);
  job.relevant = read_lists(arguments, at + 2, "relevantOffsets", "relevantIds", job.queries, job.items);
  job.seen_last = arguments.flag_if_given(at + 4, "seenLast");
  job.top = arguments.integer(at + 5, "top", 0, job.items);
  const int64_t entries = arguments.length(at + 3);
  job.ranks = arguments.out_ints(at + 6, "outRanks", entries);
  job.firsts = arguments.out_ints(at + 7, "outBestRanks", entries);
  job.lasts = arguments.out_ints(at + 8, "outWorstRanks", entries);
  job.found = arguments.out_ints(at + 9, "outFound", job.queries);
  job.candidates = arguments.out_ints(at + 10, "outCandidateCounts", job.queries);
  job.best = arguments.out_ints(at + 11, "outTop", product({job.queries, job.top}));
  job.best_scores = arguments.out_floats_if_given(at + 12, "outTopScores", product({job.queries, job.top}));
  check_distinct(arguments, "relevantIds", job.relevant, job.queries);
  thread_local Workspace workspace;
  const int64_t nan_item = rank(threads(), job, workspace.reserve(static_cast<int64_t>(rank_workspace(threads(), job) / sizeof(float) + 1)));
  return Napi::Number::New(info.Env(), static_cast<double>(nan_item));
}

// rankTargets(vectors, table, bias, queryCount, itemCount, dim, …)
Napi::Value rank_targets(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "rankTargets");
  RankJob job{};
  job.queries = arguments.integer(3, "queryCount", 0, INT32_MAX);
  job.items = arguments.integer(4, "itemCount", 1, INT32_MAX);
  job.dim = arguments.integer(5, "dim", 1, 1 << 20);
  job.vectors = arguments.floats(0, "vectors", product({job.queries, job.dim}));
  job.table = arguments.floats(1, "table", product({job.items, job.dim}));
  job.bias = arguments.floats_if_given(2, "bias", job.items);
  return rank_all(info, arguments, job, 6);
}

// rankScores(scores, queryCount, itemCount, …)
Napi::Value rank_scores(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "rankScores");
  RankJob job{};
  job.queries = arguments.integer(1, "queryCount", 0, INT32_MAX);
  job.items = arguments.integer(2, "itemCount", 1, INT32_MAX);
  job.scores = arguments.floats(0, "scores", product({job.queries, job.items}));
  return rank_all(info, arguments, job, 3);
}

// rankSparse(rowOffsets, rowIds, rowWeights, tableOffsets, tableIds, tableWeights, queryCount, itemCount, …)
Napi::Value rank_sparse(const Napi::CallbackInfo& info) {
  const Arguments arguments(info, "rankSparse");
  RankJob job{};
  SparseProduct sparse{};
  job.sparse = &sparse;
  job.queries = arguments.integer(6, "queryCount", 0, INT32_MAX);
  job.items = arguments.integer(7, "itemCount", 1, INT32_MAX);
  const int64_t rows = arguments.length(3) - 1;
  sparse.rows = read_lists(arguments, 0, "rowOffsets", "rowIds", job.queries, rows);
  sparse.weights = arguments.floats_if_given(2, "rowWeights", arguments.length(1));
  sparse.table = read_lists(arguments, 3, "tableOffsets", "tableIds", rows, job.items);
  sparse.table_weights = arguments.floats_if_given(5, "tableWeights", arguments.length(4));
  return rank_all(info, arguments, job, 8);
}

const Registration sparse_registration("rankSparse", rank_sparse);
const Registration targets_registration("rankTargets", rank_targets);
const Registration scores_registration("rankScores", rank_scores);

}  // namespace
}  // namespace footlight
