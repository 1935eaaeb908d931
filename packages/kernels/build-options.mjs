/**
 * Writes `named-options.js` from the table of signatures: how each kernel reads its options and hands them to a build,
 * whose functions have positional parameters. It is source text rather than a loop over names, because kernels are
 * called thousands of times a second: a property whose name stands in the source costs nanoseconds, and text that is
 * compiled at run time is forbidden in many pages. A test compares the file.
 *
 *   node build-options.mjs
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { signatures } from './signatures.js';

const width = 120;

/** Joins words to lines of a width. */
function wrap(words, indentation) {
  const lines = [];
  for (const word of words) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(indentation + word);
  }
  return lines.join('\n');
}

const head = `// structure: generated from signatures.js by build-options.mjs.
// biome-ignore-all format: generated
import { refuseOption, refuseOptions } from './refuse-options.js';

/**
 * Gives kernels with positional parameters one object with named fields instead. Each field is read once, before the
 * kernel checks any; a name that a kernel does not have is refused.
 */
export function acceptOptions(kernels) {
  const {
${wrap(
  Object.keys(signatures).map((op) => `${op},`),
  '    ',
)}
  } = kernels;
  return {
    ...kernels,
`;

const createReader = ([op, { parameters }]) => {
  const names = parameters.split(' ');
  return `
    ${op}(options) {
      if (typeof options !== 'object' || options === null) refuseOptions('${op}', options);
      for (const name in options)
        switch (name) {
${wrap(
  names.map((name) => `case '${name}':`),
  '          ',
)}
            continue;
          default:
            refuseOption('${op}', name);
        }
      return ${op}(
${wrap(
  names.map((name) => `options.${name},`),
  '        ',
)}
      );
    },
`;
};

/** The text of `named-options.js`. */
export const text = `${head}${Object.entries(signatures).map(createReader).join('')}  };
}
`;

if (process.argv[1] === import.meta.filename) writeFileSync(join(import.meta.dirname, 'named-options.js'), text);
