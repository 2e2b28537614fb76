import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../../emulator/start.ts';
import type { ResourceKind } from '../../../grader/api.ts';
import { openTarget } from '../../../grader/targets/open.ts';
import type { Target } from '../../../grader/targets/target.ts';
import { ifThere } from './removal.ts';
import { removals } from './remove-resources.ts';

let cloud: RunningCloud;
let target: Target;
beforeAll(async () => {
  cloud = await startCloud({ port: 0, home: 'unused', ephemeral: true });
  target = await openTarget({ name: 'localstack', env: {}, endpoint: cloud.origin }, 'en');
});
afterAll(async () => {
  target.close();
  await cloud.stop();
});

// An account may tell for seconds that something is there which is gone.
it.each(Object.keys(removals) as ResourceKind[])(
  'of %s, what is gone already is no failure',
  async (kind) => {
    const { removal } = await removals[kind]();
    expect(await removal.there(target.pool, 'lab99-nothing')).toBe(false);
    await expect(ifThere(removal.remove(target.pool, 'lab99-nothing'))).resolves.toBeUndefined();
  },
  90_000,
);
