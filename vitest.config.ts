import { defineConfig } from 'vitest/config';

export default defineConfig({
  // vitest would otherwise load graphql twice, as ESM and as CommonJS ("from another module or realm").
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['tests/**/*.test.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // No module holds a state, so that files can share them; to load them anew for each took a minute of six.
    isolate: false,
    // Otherwise a machine with two processors has one worker.
    maxWorkers: '100%',
  },
});
