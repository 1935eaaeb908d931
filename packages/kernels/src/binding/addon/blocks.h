#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace footlight {

// Memory that is not JavaScript's. An array on it may be detached, transferred or collected: whoever holds the block goes on.
struct Block {
  uint8_t* data = nullptr;  // zeros at first; nullptr if there is no memory
  uint64_t id = 0;
};

Block make_block(size_t bytes);

// Frees the memory once its last holder has released it. Dropping a block twice has no effect.
void drop_block(const Block& block);

// Holds the block in which these bytes lie; nullptr if that is none of ours, or one that was dropped.
std::shared_ptr<void> hold_block(const void* start, size_t bytes);

}  // namespace footlight
