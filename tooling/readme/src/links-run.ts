import { brokenLinks } from './links.js';
import { markdownFiles, root } from './repository.js';

const broken = markdownFiles().flatMap((file) => brokenLinks(root, file));
for (const problem of broken) console.error(problem);
process.exitCode = broken.length > 0 ? 1 : 0;
