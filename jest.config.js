/** @type {import('jest').Config} */
module.exports = {
  testEnvironment: 'node',
  // Several specs start whole services, on machines that may be busy.
  testTimeout: 30_000,
  roots: ['<rootDir>/apps', '<rootDir>/libs', '<rootDir>/test', '<rootDir>/bench'],
  testRegex: '\\.spec\\.ts$',
  // They need servers: `npm run test:services`.
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/services/'],
  moduleNameMapper: { '^@bootlab/(.*)$': '<rootDir>/libs/$1/src' },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        swcrc: false,
        jsc: {
          target: 'es2022',
          keepClassNames: true,
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
};
