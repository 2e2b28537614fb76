import { CreateStackCommand, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resourceName } from '../../grader/resource-name.ts';
import { projectRoot } from '../../tooling/root.ts';
import { openPlace, type Place } from '../proof/place.ts';
import type { ByHand, Student } from '../proof/student.ts';
import { replaced } from '../prove.ts';
import { lab } from './lab.ts';
import { probes } from './names.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.stop());

/** Every stack that is there, with the time of its last change. */
async function stacksOf(student: Student, workspace: string): Promise<unknown> {
  let seen: unknown;
  const look: ByHand = async ({ target: { pool } }) => {
    const client = await pool.load('cloudformation');
    const { StackSummaries = [] } = await client.send(new ListStacksCommand({}));
    seen = StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE')
      .map(({ StackId, StackStatus, LastUpdatedTime }) => ({ StackId, StackStatus, LastUpdatedTime }))
      .sort((a, b) => String(a.StackId).localeCompare(String(b.StackId), 'en'));
  };
  await student.act(look, workspace);
  return seen;
}

/** What a run that was killed leaves: a copy that nobody has deleted. */
const leaveProbes: ByHand = async ({ target: { pool }, account, prefix }) => {
  const client = await pool.load('cloudformation');
  const TemplateBody = JSON.stringify({ Resources: { Queue: { Type: 'AWS::SQS::Queue' } } });
  for (const probe of Object.values(probes))
    await client.send(
      new CreateStackCommand({ StackName: resourceName(probe, prefix, account), TemplateBody }),
    );
};

it.each([
  { of: 'right work', from: 'DeletionPolicy: Delete', to: 'DeletionPolicy: Delete', failed: [] },
  {
    of: 'work that fails',
    from: 'DeletionPolicy: Delete',
    to: 'DeletionPolicy: Retain',
    failed: ['removal'],
  },
])(
  'leaves none of its copies behind, nor one of a run that was killed: $of',
  async ({ from, to, failed }) => {
    const student = place.student('ada-');
    const workspace = place.workspace(join(projectRoot(), 'solutions', '09-sam-apps'));
    const template = join(workspace, 'order-desk', 'template.yaml');
    const table = '  Orders:\n    Type: AWS::Serverless::SimpleTable\n';
    const written = replaced(readFileSync(template, 'utf8'), table, `${table}    ${from}\n`);
    writeFileSync(template, replaced(written, from, to));
    expect(await student.deploy(workspace)).toMatchObject({ outcome: 'done' });
    const before = await stacksOf(student, workspace);
    await student.act(leaveProbes, workspace);
    const { checks } = await student.grade(lab, workspace, 'en', { only: ['rollback', 'removal'] });
    expect(checks.filter(({ status }) => status !== 'passed').map(({ id }) => id)).toEqual(failed);
    expect(await stacksOf(student, workspace)).toEqual(before);
    await student.clean(lab);
  },
  120_000,
);
