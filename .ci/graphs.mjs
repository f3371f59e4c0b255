// The JSON-LD that structured-data-testing-tool reads from pages.
//
//     graphs.mjs HOME PAGE...    HOME holds the reader; prints {page: [block, …]}
import fs from 'node:fs';
import path from 'node:path';
import { createRequire } from 'node:module';

const [home, ...pages] = process.argv.slice(2);
const require = createRequire(path.join(home, 'package.json'));
const { structuredDataTest } = require('structured-data-testing-tool');

const found = {};
for (const page of pages) {
  const html = fs.readFileSync(page, 'utf8');
  // What the tool thinks of the properties does not matter here, only what it has read.
  const result = await structuredDataTest(html).catch((failure) => {
    if (failure.type !== 'VALIDATION_FAILED') throw failure;
    return failure.res;
  });
  found[page] = Object.values(result.structuredData.jsonld).flat();
}
console.log(JSON.stringify(found));
