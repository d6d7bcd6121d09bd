// The test runner: TypeScript through swc, native ES modules, real programs instead of mocks.
export default {
  testEnvironment: 'node',
  testMatch: ['<rootDir>/__tests__/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { jsc: { target: 'es2022', parser: { syntax: 'typescript' } }, module: { type: 'es6' } },
    ],
  },
  reporters: ['default', '<rootDir>/scripts/lib/closing-line-reporter.mjs'],
  testTimeout: 30_000,
  maxWorkers: 2,
};
