#include "binding/addon/blocks.h"

#include <cstdlib>
#include <map>
#include <mutex>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace footlight {
namespace {

// Sanitizers guard what is allocated, but not pages.
#if defined(__SANITIZE_ADDRESS__)
#define FOOTLIGHT_SANITIZED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FOOTLIGHT_SANITIZED 1
#endif
#endif

#if defined(__linux__) && defined(MADV_HUGEPAGE) && !defined(FOOTLIGHT_SANITIZED)

constexpr size_t page = size_t{1} << 21;
constexpr size_t worthwhile = 2 * page;  // what is rounded up to whole pages is little beside it

// Zeros at the start of a large page.
std::shared_ptr<void> map_pages(size_t bytes) {
  if (bytes < worthwhile || bytes > SIZE_MAX / 2) return nullptr;
  const size_t size = (bytes + page - 1) / page * page;
  void* const mapped = mmap(nullptr, size + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (mapped == MAP_FAILED) return nullptr;
  uint8_t* const start = static_cast<uint8_t*>(mapped);
  const size_t before = (page - reinterpret_cast<uintptr_t>(start) % page) % page;
  if (before > 0) munmap(start, before);
  munmap(start + before + size, page - before);
  madvise(start + before, size, MADV_HUGEPAGE);  // a wish: small pages do as well
  return std::shared_ptr<void>(start + before, [size](void* memory) { munmap(memory, size); });
}

#else

std::shared_ptr<void> map_pages(size_t) { return nullptr; }

#endif

std::shared_ptr<void> allocate(size_t bytes) {
  void* const memory = std::calloc(bytes, 1);
  return memory ? std::shared_ptr<void>(memory, std::free) : nullptr;
}

struct Held {
  std::shared_ptr<void> memory;
  size_t bytes;
  uint64_t id;
};

struct Blocks {
  std::mutex mutex;
  std::map<uintptr_t, Held> by_start;
  uint64_t made = 0;
};

Blocks& blocks() {
  static auto* const all = new Blocks;  // lives as long as the process: arrays are collected at its end, too
  return *all;
}

}  // namespace

Block make_block(size_t bytes) {
  std::shared_ptr<void> memory = map_pages(bytes);
  if (!memory) memory = allocate(bytes);
  if (!memory) return {};
  uint8_t* const data = static_cast<uint8_t*>(memory.get());
  Blocks& all = blocks();
  std::lock_guard<std::mutex> lock(all.mutex);
  const uint64_t id = ++all.made;
  all.by_start.insert_or_assign(reinterpret_cast<uintptr_t>(data), Held{std::move(memory), bytes, id});
  return {data, id};
}

void drop_block(const Block& block) {
  std::shared_ptr<void> last;  // freed after the lock
  Blocks& all = blocks();
  std::lock_guard<std::mutex> lock(all.mutex);
  const auto found = all.by_start.find(reinterpret_cast<uintptr_t>(block.data));
  if (found == all.by_start.end() || found->second.id != block.id) return;
  last = std::move(found->second.memory);
  all.by_start.erase(found);
}

std::shared_ptr<void> hold_block(const void* start, size_t bytes) {
  const uintptr_t from = reinterpret_cast<uintptr_t>(start);
  Blocks& all = blocks();
  std::lock_guard<std::mutex> lock(all.mutex);
  auto found = all.by_start.upper_bound(from);
  if (found == all.by_start.begin()) return nullptr;
  --found;
  const size_t offset = from - found->first;
  if (offset > found->second.bytes || bytes > found->second.bytes - offset) return nullptr;
  return found->second.memory;
}

}  // namespace footlight
