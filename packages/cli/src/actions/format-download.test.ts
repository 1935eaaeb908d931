import { describe, expect, it } from 'vitest';
import { formatBytes, formatDownload } from './format-download.js';

describe('formatDownload', () => {
  it('has the size where it is known', () => {
    expect(formatDownload({ fileName: 'ml-20m.zip', bytes: 198_702_078 })).toBe('ml-20m.zip (199 MB)');
    expect(formatDownload({ fileName: 'reviews.json.gz' })).toBe('reviews.json.gz');
  });
});

describe('formatBytes', () => {
  it('has three units', () => expect([977_100, 5e6, 1.25e9].map(formatBytes)).toEqual(['978 kB', '5 MB', '1.3 GB']));
});
