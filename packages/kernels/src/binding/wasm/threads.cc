#include "binding/wasm/threads.h"

#include "binding/wasm/export.h"

namespace footlight {
namespace {

void run_here(int pieces, Threads::Piece piece, const void* work) {
  for (int own = 0; own < pieces; own++) piece(work, own);
}

Threads all = {1, run_here};

}  // namespace

const Threads& threads() { return all; }

FOOTLIGHT_EXPORT(set_thread_count) void set_thread_count(int count) { all.count = count; }

}  // namespace footlight
