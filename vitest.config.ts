import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/**
 * Tests that load a machine on purpose, beside which a test of something else would only measure the load; and such
 * as change a module for all who share their process.
 */
const alone = ['**/*.alone.test.ts'];
/** Each proves a lab on a cloud of its own, and mostly waits for what a wrong submission never does. */
const everyLab = ['labs/*/{lab,leaves-nothing,configuration}.test.ts'];
const whole = process.env.COLDSTART_MISTAKES === 'all';
const labs = whole ? everyLab : ['labs/*/lab.test.ts'];
const elsewhere = [
  'node_modules/**',
  'work/**',
  'labs/*/starter/**',
  'labs/*/mistakes/**',
  'solutions/**',
  '.coldstart/**',
];

/** What takes longest begins first, so that nothing long is left over when all else is done. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const isLong = ({ project }: TestSpecification): boolean => project.name === 'labs';
    const sorted = await super.sort(files);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

/** Workers of the tests that may run beside one another, on two cores: many wait for processes that they started. */
const beside = 6;

export default defineConfig({
  test: {
    pool: 'forks',
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Looked at often and waited for long: a busy machine is slow, not wrong.
    expect: { poll: { timeout: 15_000, interval: 20 } },
    // A test that needs another try is a defect that is still there.
    retry: 0,
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        extends: true,
        test: {
          name: 'together',
          include: ['**/*.test.ts'],
          exclude: [...elsewhere, ...everyLab, ...alone],
          maxWorkers: beside,
          // What a file imports is there for the next: a third of the whole run's time.
          isolate: false,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'labs',
          include: labs,
          exclude: elsewhere,
          maxWorkers: beside,
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'alone',
          include: alone,
          exclude: elsewhere,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
