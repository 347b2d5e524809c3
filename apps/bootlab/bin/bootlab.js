#!/usr/bin/env node
'use strict';
const { existsSync } = require('node:fs');
const { join } = require('node:path');

const main = join(__dirname, '../../../dist/apps/bootlab/src/main.js');
if (existsSync(main)) {
  require(main);
} else {
  process.stderr.write(`bootlab: ${main} is missing: run \`npm run build\` first.\n`);
  process.exitCode = 1;
}
