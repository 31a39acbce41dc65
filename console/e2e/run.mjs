/// Reads the settings of the end-to-end tests and hands them to node's test runner.
///
/// npm run e2e -- --base http://127.0.0.1:7800 --name admin --second other --password … [--screenshots FOLDER]
/// [--only PATTERN]
///
/// The second account has the same password and the role steward: dangerous merges take two people.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    base: { type: 'string', default: 'http://127.0.0.1:7800' },
    name: { type: 'string', default: 'admin' },
    second: { type: 'string', default: 'second-person' },
    password: { type: 'string' },
    screenshots: { type: 'string' },
    only: { type: 'string' },
  },
});

if (!values.password) {
  console.error('say --password: the one that the server printed when it was set up');
  process.exit(2);
}

const suites = [
  './console.test.mjs',
  './lists.test.mjs',
  './network.test.mjs',
  './sources.test.mjs',
  './states.test.mjs',
  './authenticity.test.mjs',
  './reviews.test.mjs',
  './linkage.test.mjs',
  './packs.test.mjs',
];
const pattern = values.only ? [`--test-name-pattern=${values.only}`] : [];
const run = spawnSync(
  process.execPath,
  [
    '--test',
    '--test-concurrency=1',
    '--test-reporter=spec',
    ...pattern,
    ...suites.map((suite) => new URL(suite, import.meta.url).pathname),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      HUBU_BASE: values.base,
      HUBU_NAME: values.name,
      HUBU_SECOND: values.second,
      HUBU_PASSWORD: values.password,
      HUBU_SCREENSHOTS: values.screenshots ?? process.env.HUBU_SCREENSHOTS ?? '',
    },
  },
);
process.exit(run.status ?? 1);
