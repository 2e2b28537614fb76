import { CreateApiKeyCommand, GetApiKeysCommand, GetUsagePlansCommand } from '@aws-sdk/client-api-gateway';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { resourceName } from '../../grader/resource-name.ts';
import { projectRoot } from '../../tooling/root.ts';
import { openPlace } from '../proof/place.ts';
import type { ByHand } from '../proof/student.ts';
import { lab } from './lab.ts';
import { names, probeKeys } from './names.ts';

/** As a grading run that was killed leaves it. */
const keysOfAKilledRun: ByHand = async ({ target: { pool }, account, prefix }) => {
  const apigateway = await pool.load('apigateway');
  for (const key of Object.values(probeKeys))
    await apigateway.send(new CreateApiKeyCommand({ name: resourceName(key, prefix, account) }));
};

/** Fails where there is any key or plan but the student's own. */
const nothingIsLeft: ByHand = async ({ target: { pool }, account, prefix }) => {
  const apigateway = await pool.load('apigateway');
  const { items: keys = [] } = await apigateway.send(new GetApiKeysCommand({}));
  const { items: plans = [] } = await apigateway.send(new GetUsagePlansCommand({}));
  expect([...keys, ...plans].map(({ name }) => name)).toEqual(
    [names.key, names.plan].map((name) => resourceName(name, prefix, account)),
  );
};

it('leaves none of its own keys behind, nor those of a run that was killed', async () => {
  const place = await openPlace();
  try {
    const student = place.student('ada-');
    const workspace = place.workspace(join(projectRoot(), 'solutions', '06-access-control'));
    expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
    await student.act(keysOfAKilledRun, workspace);
    const result = await student.grade(lab, workspace, 'en', {});
    expect(result.checks.filter(({ status }) => status !== 'passed')).toEqual([]);
    await student.act(nothingIsLeft, workspace);
  } finally {
    await place.stop();
  }
}, 180_000);
