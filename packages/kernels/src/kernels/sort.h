#pragma once

#include <stdint.h>

// Sorting without the standard library, which freestanding builds do not have.

namespace footlight {

template <class T>
void swap_values(T& a, T& b) {
  const T held = a;
  a = b;
  b = held;
}

// Moves values[at] down until no child comes after it: the last value in order stands first in a heap.
template <class T, class Less>
void sift_down(T* values, int64_t at, int64_t count, const Less& less) {
  for (int64_t child; (child = 2 * at + 1) < count; at = child) {
    if (child + 1 < count && less(values[child], values[child + 1])) child++;
    if (!less(values[at], values[child])) return;
    swap_values(values[at], values[child]);
  }
}

template <class T, class Less>
void heap_sort(T* values, int64_t count, const Less& less) {
  for (int64_t at = count / 2 - 1; at >= 0; at--) sift_down(values, at, count, less);
  for (int64_t last = count - 1; last > 0; last--) {
    swap_values(values[0], values[last]);
    sift_down(values, 0, last, less);
  }
}

template <class T, class Less>
void insertion_sort(T* values, int64_t count, const Less& less) {
  for (int64_t at = 1; at < count; at++) {
    const T value = values[at];
    int64_t to = at;
    for (; to > 0 && less(value, values[to - 1]); to--) values[to] = values[to - 1];
    values[to] = value;
  }
}

// Hoare's partition around the median of three values: none of the first ones, whose number is returned, comes after any of the others. Neither are 0 of at least 3.
template <class T, class Less>
int64_t partition(T* values, int64_t count, const Less& less) {
  const int64_t middle = (count - 1) / 2, last = count - 1;
  if (less(values[middle], values[0])) swap_values(values[middle], values[0]);
  if (less(values[last], values[middle])) swap_values(values[last], values[middle]);
  if (less(values[middle], values[0])) swap_values(values[middle], values[0]);
  const T pivot = values[middle];
  for (int64_t left = 0, right = last;; left++, right--) {
    while (less(values[left], pivot)) left++;
    while (less(pivot, values[right])) right--;
    if (left >= right) return right + 1;
    swap_values(values[left], values[right]);
  }
}

constexpr int64_t few_values = 24;  // sorted by insertion

// Quicksort; by a heap where the pivots are bad. `less` is an order of numbers.
template <class T, class Less>
void sort(T* values, int64_t count, const Less& less) {
  int64_t left = 1;
  for (int64_t size = count; size > 1; size /= 2) left += 2;
  while (count > few_values) {
    if (left-- == 0) return heap_sort(values, count, less);
    const int64_t cut = partition(values, count, less);
    if (cut < count - cut) {
      sort(values, cut, less);
      values += cut;
      count -= cut;
    } else {
      sort(values + cut, count - cut, less);
      count = cut;
    }
  }
  insertion_sort(values, count, less);
}

// Puts the value with index n in order there, and none that comes after it in front of it.
template <class T, class Less>
void select_nth(T* values, int64_t count, int64_t n, const Less& less) {
  int64_t left = 1;
  for (int64_t size = count; size > 1; size /= 2) left += 2;
  while (count > few_values) {
    if (left-- == 0) return heap_sort(values, count, less);
    const int64_t cut = partition(values, count, less);
    if (n < cut) {
      count = cut;
    } else {
      values += cut;
      count -= cut;
      n -= cut;
    }
  }
  insertion_sort(values, count, less);
}

// How many of ascending values come before `value`.
template <class T>
int64_t lower_bound(const T* values, int64_t count, T value) {
  int64_t low = 0, high = count;
  while (low < high) {
    const int64_t middle = (low + high) / 2;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

}  // namespace footlight
