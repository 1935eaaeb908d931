import { existsSync, readFileSync } from 'node:fs';

/** The most memory that this process had at one time, its runtime included: on Linux `resourceUsage` begins with what the process that started it had. */
export function peakBytes(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return 1024 * (kilobytes ? Number(kilobytes) : process.resourceUsage().maxRSS);
}
