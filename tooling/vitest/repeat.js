/**
 * On the continuous integration, where all packages are tested at once, a test that fails is repeated once, and named
 * if it then passes: such a test depends on time or chance, and has to be mended.
 */
export const repeat = process.env.CI
  ? {
      retry: 1,
      reporters: [
        'default',
        {
          onTestCaseResult(test) {
            if (test.diagnostic()?.flaky) console.log(`FLAKY ${test.module.relativeModuleId} > ${test.fullName}`);
          },
        },
      ],
    }
  : {};
