/** Formats an archive with its size, if that is known, e.g. `ml-20m.zip (199 MB)`. */
export function formatDownload({ fileName, bytes }: { readonly fileName: string; readonly bytes?: number }): string {
  return bytes === undefined ? fileName : `${fileName} (${formatBytes(bytes)})`;
}

/** `978 kB`, `199 MB`. */
export function formatBytes(bytes: number): string {
  if (bytes < 1e6) return `${Math.ceil(bytes / 1e3)} kB`;
  return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
