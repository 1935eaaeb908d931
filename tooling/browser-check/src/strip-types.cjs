const { transform } = require('esbuild');

/** A loader of webpack: strips the types of TypeScript. */
module.exports = function stripTypes(source) {
  const done = this.async();
  transform(source, { loader: 'ts', target: 'es2022' }).then(({ code }) => done(null, code), done);
};
