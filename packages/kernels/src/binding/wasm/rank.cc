#include "kernels/rank.h"

#include "binding/wasm/workspace.h"

namespace footlight {
namespace {


double rank_all(RankJob& job) {
  void* const workspace = reserve<uint8_t>(static_cast<int64_t>(rank_workspace(threads(), job)));
  return workspace ? static_cast<double>(rank(threads(), job, workspace)) : short_of_memory;
}

}  // namespace

FOOTLIGHT_EXPORT(rankTargets)
double footlight_rank_targets(const float* vectors, const float* table, const float* bias, double queries, double items, double dim,
                              const int32_t* seen_offsets, const int32_t* seen_ids, const int32_t* relevant_offsets, const int32_t* relevant_ids,
                              int32_t seen_last, double top, int32_t* ranks, int32_t* firsts, int32_t* lasts, int32_t* found, int32_t* candidates,
                              int32_t* best, float* best_scores) {
  RankJob job{vectors, table, bias, nullptr, nullptr, whole(queries), whole(items), whole(dim), {seen_offsets, seen_ids}, {relevant_offsets, relevant_ids},
              seen_last != 0, whole(top), ranks, firsts, lasts, found, candidates, best, best_scores};
  return rank_all(job);
}

FOOTLIGHT_EXPORT(rankScores)
double footlight_rank_scores(const float* scores, double queries, double items, const int32_t* seen_offsets, const int32_t* seen_ids,
                             const int32_t* relevant_offsets, const int32_t* relevant_ids, int32_t seen_last, double top, int32_t* ranks, int32_t* firsts,
                             int32_t* lasts, int32_t* found, int32_t* candidates, int32_t* best, float* best_scores) {
  RankJob job{nullptr, nullptr, nullptr, scores, nullptr, whole(queries), whole(items), 0, {seen_offsets, seen_ids}, {relevant_offsets, relevant_ids},
              seen_last != 0, whole(top), ranks, firsts, lasts, found, candidates, best, best_scores};
  return rank_all(job);
}

FOOTLIGHT_EXPORT(rankSparse)
double footlight_rank_sparse(const int32_t* row_offsets, const int32_t* row_ids, const float* row_weights, const int32_t* table_offsets,
                             const int32_t* table_ids, const float* table_weights, double queries, double items, const int32_t* seen_offsets,
                             const int32_t* seen_ids, const int32_t* relevant_offsets, const int32_t* relevant_ids, int32_t seen_last, double top,
                             int32_t* ranks, int32_t* firsts, int32_t* lasts, int32_t* found, int32_t* candidates, int32_t* best, float* best_scores) {
  const SparseProduct sparse{{row_offsets, row_ids}, row_weights, {table_offsets, table_ids}, table_weights};
  RankJob job{nullptr, nullptr, nullptr, nullptr, &sparse, whole(queries), whole(items), 0, {seen_offsets, seen_ids}, {relevant_offsets, relevant_ids},
              seen_last != 0, whole(top), ranks, firsts, lasts, found, candidates, best, best_scores};
  return rank_all(job);
}

}  // namespace footlight
