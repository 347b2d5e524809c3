const base = require('./jest.config');

process.env['BOOTLAB_TEST_SERVICES'] = '1';

/** Specs that run over the real services, beside the embedded defaults. @type {import('jest').Config} */
module.exports = {
  ...base,
  testRegex: '/(libs/(database|nova-db|rpc)|test/(registry|services))/.*\\.spec\\.ts$',
  testPathIgnorePatterns: ['/node_modules/'],
};
