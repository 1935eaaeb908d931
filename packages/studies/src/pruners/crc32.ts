/** Cyclic redundancy check CRC-32 (polynomial 0xEDB88320) of a text in UTF-8, as an unsigned number. */
export function crc32(text: string): number {
  let check = -1;
  for (const byte of new TextEncoder().encode(text)) {
    check ^= byte;
    for (let bit = 0; bit < 8; bit++) check = (check >>> 1) ^ (check & 1 ? 0xedb88320 : 0);
  }
  return ~check >>> 0;
}
