import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{shared,sidecar,app}/test/**/*.test.ts'],
    // Tests that spawn processes wait for events, not for time; this only bounds what never comes.
    testTimeout: 30_000,
    hookTimeout: 30_000,
    pool: 'forks',
    // One more than Vitest starts on two cores: most tests wait for processes, so that a core would stand idle.
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'test-results/unit.json' }]],
  },
});
