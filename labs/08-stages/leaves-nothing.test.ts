import {
  CreateStageCommand,
  GetDeploymentsCommand,
  GetResourcesCommand,
  GetStagesCommand,
} from '@aws-sdk/client-api-gateway';
import { GetPolicyCommand } from '@aws-sdk/client-lambda';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resourceName } from '../../grader/resource-name.ts';
import { projectRoot } from '../../tooling/root.ts';
import { openPlace, type Place } from '../proof/place.ts';
import type { ByHand, Student } from '../proof/student.ts';
import { replaced } from '../prove.ts';
import { apisNamed } from '../rest-api/found-api.ts';
import { lab } from './lab.ts';
import { aliases, names, trialStages } from './names.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.stop());

/** Makes stages by hand, on the deployment of `prod`. */
async function makeStages(student: Student, workspace: string, stageNames: readonly string[]): Promise<void> {
  const make: ByHand = async ({ target: { pool }, account, prefix }) => {
    const client = await pool.load('apigateway');
    const [api] = await apisNamed(client, resourceName(names.api, prefix, account));
    const { items: [deployment] = [] } = await client.send(new GetDeploymentsCommand({ restApiId: api?.id }));
    for (const stageName of stageNames)
      await client.send(
        new CreateStageCommand({ restApiId: api?.id, stageName, deploymentId: deployment?.id }),
      );
  };
  await student.act(make, workspace);
}

/** All that a grading could have changed: stages with their times, deployments, resources, policies of aliases. */
async function built(student: Student, workspace: string): Promise<unknown> {
  let seen: unknown;
  const look: ByHand = async ({ target: { pool }, account, prefix }) => {
    const [client, lambda] = await Promise.all([pool.load('apigateway'), pool.load('lambda')]);
    const [api] = await apisNamed(client, resourceName(names.api, prefix, account));
    const restApiId = api?.id;
    const { item: stages } = await client.send(new GetStagesCommand({ restApiId }));
    const { items: deployments } = await client.send(new GetDeploymentsCommand({ restApiId }));
    const { items: resources } = await client.send(
      new GetResourcesCommand({ restApiId, embed: ['methods'] }),
    );
    const FunctionName = resourceName(names.function, prefix, account);
    const policies = await Promise.all(
      aliases.map(
        async (Qualifier) =>
          (await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier }))).RevisionId,
      ),
    );
    seen = { stages, deployments, resources, policies };
  };
  await student.act(look, workspace);
  return seen;
}

const solution = join(projectRoot(), 'solutions', '08-stages');

it.each([
  { of: 'a solution', version: 'context.functionVersion', trials: Object.values(trialStages), failed: [] },
  {
    of: 'work whose trials fail',
    version: "'9'",
    trials: [trialStages.alias, trialStages.rollback],
    failed: ['alias', 'rollback'],
  },
])(
  'leaves none of its own stages behind, nor one of a run that was killed: $of',
  async ({ version, trials, failed }) => {
    const student = place.student('ada-');
    const workspace = place.workspace(solution);
    const path = join(workspace, 'src', 'release-1.ts');
    writeFileSync(path, replaced(readFileSync(path, 'utf8'), 'context.functionVersion', version));
    expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
    const before = await built(student, workspace);
    await makeStages(student, workspace, trials);
    const { checks } = await student.grade(lab, workspace, 'en');
    expect(checks.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual(failed);
    expect(await built(student, workspace)).toEqual(before);
  },
  120_000,
);

it('says so where the API has no room for a trial', async () => {
  const student = place.student();
  const workspace = place.workspace(solution);
  expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
  await makeStages(
    student,
    workspace,
    Array.from({ length: 8 }, (_, at) => `mine-${String(at)}`),
  );
  const { checks } = await student.grade(lab, workspace, 'en', { only: ['alias', 'rollback'] });
  const bad = checks.filter(({ status }) => status === 'failed');
  expect(bad.map(({ id }) => id)).toEqual(['alias', 'rollback']);
  for (const check of bad)
    expect(check).toMatchObject({ why: lab.text.en.trial.full.why, next: lab.text.en.trial.full.next });
}, 120_000);
