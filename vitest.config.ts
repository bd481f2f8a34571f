import { defineConfig } from 'vitest/config';

/**
 * Files with a process of their own: for what a process does only once, such as a warning, for mocks of modules, and those that
 * run for long on programs that they start.
 */
const alone = [
  'shared/test/link/{options,timeout,call-model,leaves-nothing}.test.ts',
  'shared/test/platform/keep-freed-memory.test.ts',
  'app/test/host/{options,endpoint,spares}.test.ts',
  'shared/test/examples.test.ts',
  'shared/test/documentation/code-blocks.test.ts',
  'shared/test/{stress,types}/*.test.ts',
  'app/test/{documentation/testing,examples/examples}.test.ts',
  'app/test/host-stress/*.test.ts',
];

const project = {
  // Tests that spawn processes wait for events, not for time; this only bounds what never comes.
  testTimeout: 30_000,
  hookTimeout: 30_000,
  expect: { poll: { timeout: 20_000 } },
  pool: 'forks',
  // So that programs and shells that tests start sort and speak alike everywhere, and none warns of a locale that is not installed.
  env: { LC_ALL: 'C' },
} as const;

export default defineConfig({
  test: {
    // One more than Vitest starts on two cores: most tests wait for processes, so that a core would stand idle.
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
    projects: [
      { test: { ...project, name: 'alone', include: alone } },
      // Most files: a process, which loads Vitest and the sources, would take longer to start than most files run.
      {
        test: {
          ...project,
          name: 'together',
          include: ['{shared,sidecar,app}/test/**/*.test.ts'],
          exclude: alone,
          isolate: false,
        },
      },
    ],
  },
});
