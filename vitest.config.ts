import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['**/*.test.ts'],
    exclude: [
      'node_modules/**',
      'work/**',
      'labs/*/starter/**',
      'labs/*/mistakes/**',
      'solutions/**',
      '.coldstart/**',
    ],
    pool: 'forks',
    maxWorkers: 2,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Looked at often and waited for long: a busy machine is slow, not wrong.
    expect: { poll: { timeout: 15_000, interval: 20 } },
    // A test that needs another try is a defect that is still there.
    retry: 0,
  },
});
