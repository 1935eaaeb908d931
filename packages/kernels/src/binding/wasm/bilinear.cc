#include "kernels/bilinear_state.h"

#include "binding/wasm/workspace.h"

// The training state of a factorization. JavaScript owns all of its memory: the place where it stands, and its blocks. Where an operation lacks memory it returns
// not-a-number; JavaScript then provides the block that was wanted and calls it again.

namespace footlight {
namespace {

struct Factorization {
  BilinearState state{};
  void* blocks[BilinearMemory::blocks] = {};
  double sizes[BilinearMemory::blocks] = {};
  int wanted = 0;
  double wanted_bytes = 0;

  static void* reserve(void* owner, BilinearMemory::Block block, size_t bytes) {
    Factorization& own = *static_cast<Factorization*>(owner);
    if (static_cast<double>(bytes) <= own.sizes[block]) return own.blocks[block];
    own.wanted = block;
    own.wanted_bytes = static_cast<double>(bytes);
    return nullptr;
  }
};

double to_result(bool done) { return done ? 0 : short_of_memory; }

}  // namespace

FOOTLIGHT_EXPORT(bilinearBytes) double footlight_bilinear_bytes() { return sizeof(Factorization); }

// To be called on memory with zeros in it. `numbers`: see wasm/bilinear.js.
FOOTLIGHT_EXPORT(bilinearCreate) double footlight_bilinear_create(Factorization* own, const double* numbers) {
  BilinearSettings settings{};
  BilinearJob& job = settings.job;
  int at = 0;
  const auto next = [&] { return numbers[at++]; };
  settings.users = whole(next());
  settings.items = whole(next());
  job.dim = whole(next());
  settings.biases = next() != 0;
  job.loss = static_cast<BilinearLoss>(whole(next()));
  job.margin = static_cast<float>(next());
  job.terms = static_cast<float>(next());
  settings.harmonic = next() != 0;
  job.rule = static_cast<BilinearRule>(whole(next()));
  const double beta1 = next(), beta2 = next();
  job.beta1 = static_cast<float>(beta1);
  job.beta2 = static_cast<float>(beta2);
  job.one_minus_beta1 = static_cast<float>(1 - beta1);
  job.one_minus_beta2 = static_cast<float>(1 - beta2);
  job.double_beta1 = beta1;
  job.sqrt_beta2 = __builtin_sqrt(beta2);
  job.epsilon = static_cast<float>(next());
  job.l2 = static_cast<float>(next());
  job.momentum = static_cast<float>(next());
  job.shrinks = next() != 0;
  const bool idle = job.l2 == 0 && (job.rule == BilinearRule::sgd || job.rule == BilinearRule::adagrad);
  job.dense = next() != 0 && !idle;  // these two do nothing to a row without gradient
  job.idle_rows_stay = idle;
  own->state = {};
  return to_result(own->state.create(settings, threads(), false, {own, Factorization::reserve}));
}

FOOTLIGHT_EXPORT(bilinearWantedBlock) int32_t footlight_bilinear_wanted_block(const Factorization* own) { return own->wanted; }
FOOTLIGHT_EXPORT(bilinearWantedBytes) double footlight_bilinear_wanted_bytes(const Factorization* own) { return own->wanted_bytes; }

// Replaces a block by a larger one, with the content of the old one and zeros behind it.
FOOTLIGHT_EXPORT(bilinearSetBlock) void footlight_bilinear_set_block(Factorization* own, int32_t block, void* memory, double bytes) {
  own->blocks[block] = memory;
  own->sizes[block] = bytes;
}

FOOTLIGHT_EXPORT(bilinearPrepare)
double footlight_bilinear_prepare(Factorization* own, const int32_t* users, const int32_t* positives, const int32_t* negatives, double first, double count,
                                  double negatives_per_query) {
  const int64_t from = whole(first), each = whole(negatives_per_query);
  return to_result(own->state.prepare({whole(count), each, users + from, positives + from, negatives + from * each}));
}

FOOTLIGHT_EXPORT(bilinearIsPrepared) int32_t footlight_bilinear_is_prepared(const Factorization* own) { return own->state.prepared(); }

// Weights, first and second slot of users, items, biases of users and biases of items.
FOOTLIGHT_EXPORT(bilinearSetTables)
void footlight_bilinear_set_tables(Factorization* own, float* user, float* user_first, float* user_second, float* item, float* item_first, float* item_second,
                                   float* user_bias, float* user_bias_first, float* user_bias_second, float* item_bias, float* item_bias_first,
                                   float* item_bias_second) {
  own->state.set_tables({user, {user_first, user_second}}, {item, {item_first, item_second}}, {user_bias, {user_bias_first, user_bias_second}},
                        {item_bias, {item_bias_first, item_bias_second}});
}

FOOTLIGHT_EXPORT(bilinearBegin) double footlight_bilinear_begin(Factorization* own, double rate, double size, double correction, double shrinkage) {
  return to_result(own->state.begin({static_cast<float>(rate), static_cast<float>(size), static_cast<float>(correction), static_cast<float>(shrinkage)}));
}

FOOTLIGHT_EXPORT(bilinearRun) double footlight_bilinear_run(Factorization* own) { return static_cast<double>(own->state.run(threads())); }

FOOTLIGHT_EXPORT(bilinearFlush) void footlight_bilinear_flush(Factorization* own) { own->state.flush(threads()); }

}  // namespace footlight
