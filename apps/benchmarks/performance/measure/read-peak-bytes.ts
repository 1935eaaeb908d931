import { existsSync, readFileSync } from 'node:fs';

/**
 * Reads the most memory that this process held at one time, its runtime included.
 *
 * On Linux it reads `/proc`, since `resourceUsage` there starts with the peak of the parent process.
 */
export function readPeakBytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return 1024 * (kilobytes ? Number(kilobytes) : process.resourceUsage().maxRSS);
}
