import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startCloud, type RunningCloud } from '../../../emulator/start.ts';
import type { LabResources } from '../../../grader/api.ts';
import { openTarget } from '../../../grader/targets/open.ts';
import { makeOneOfEach } from '../../testing/one-of-each.ts';
import { leftByTrials, listed } from './listing.ts';
import { leftOf, removeResources } from './remove-resources.ts';

let cloud: RunningCloud;
let home: string;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'coldstart-removal-'));
  cloud = await startCloud({ port: 0, home, ephemeral: true });
});
afterAll(async () => {
  await cloud.stop();
  rmSync(home, { recursive: true, force: true });
});

it('removes every kind of resource that a lab can make, and nothing else', async () => {
  const target = await openTarget(
    {
      name: 'embedded',
      env: {},
      endpoint: cloud.origin,
      accessKeyId: '100000000001',
      secretAccessKey: 'removal',
    },
    'en',
  );
  try {
    const mine = await makeOneOfEach(target.pool, 'ada-lab');
    const others = await makeOneOfEach(target.pool, 'ada-lab-of-others');
    const kinds = Object.keys(mine).sort();
    expect((await leftOf(target.pool, mine)).map(({ kind }) => kind).sort()).toEqual(kinds);

    const kindsOf = async (start: string) =>
      (await listed(target.pool, mine, start)).map(({ kind, name }) => [kind, name.split('/').at(-1)]).sort();
    const each = (names: readonly string[]) => kinds.flatMap((kind) => names.map((name) => [kind, name]));
    expect(await kindsOf('ada-lab')).toEqual(each(['ada-lab', 'ada-lab-of-others']));

    expect((await removeResources(target.pool, mine)).map(({ kind }) => kind).sort()).toEqual(kinds);
    expect(await kindsOf('ada-lab')).toEqual(each(['ada-lab-of-others']));
    expect(await kindsOf('lab')).toEqual([]);
    expect(await leftOf(target.pool, mine)).toEqual([]);
    expect(await removeResources(target.pool, mine)).toEqual([]);

    expect((await leftOf(target.pool, others)).map(({ kind }) => kind).sort()).toEqual(kinds);

    const lost = await makeOneOfEach(target.pool, 'ada-coldstart-probe-0123456789ab');
    await makeOneOfEach(target.pool, 'bob-coldstart-probe-0123456789ab');
    await makeOneOfEach(target.pool, 'ada-coldstart-probe-of-others');
    const trials = await leftByTrials(target.pool, 'ada-');
    const ofTrials = Object.entries(trials).filter(([, names]) => names.length > 0);
    expect(Object.fromEntries(ofTrials)).toEqual(
      Object.fromEntries(ofTrials.map(([kind]) => [kind, lost[kind as keyof LabResources]])),
    );
    expect(ofTrials.map(([kind]) => kind).sort()).toEqual([
      'alarms',
      'apiKeys',
      'functions',
      'logGroups',
      'queues',
      'restApis',
      'roles',
      'usagePlans',
    ]);
  } finally {
    target.close();
  }
}, 120_000);
