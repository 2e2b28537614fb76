import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { whenSettled } from '../../rest-api/gateway-answer.ts';
import { members } from '../../wording/members.ts';
import { withCopy, type Copy } from '../copy/stack-copy.ts';
import { addressIn } from '../found/address.ts';
import { ofType, type FoundStack, type Tree } from '../found/stack.ts';
import { nobody, probes } from '../names.ts';
import type { Context, LabCheck } from './context.ts';

const rollback: LabCheck = {
  id: 'rollback',
  title: (text) => text.rollback.title,
  points: 10,
  needs: ['todos'],
  verifiedOn: ['embedded'],
  requires: ['stackRollbacks'],
  hints: (text) => text.rollback.hints,
  async run(context) {
    const found = context.from<FoundStack>('todos');
    await withCopy(context, found, context.name(probes.rollback), (copy) =>
      breakAndAsk(context, found, copy),
    );
  },
};

async function breakAndAsk(context: Context, found: FoundStack, copy: Copy): Promise<void> {
  const { rollback: text } = context.text;
  const base = addressIn(context, { name: found.name, outputs: copy.outputs }, 'TodosUrl');
  const id = context.nonce('kept');
  await context.clients.dynamodb.send(
    new PutItemCommand({
      TableName: ofType(copy, 'AWS::DynamoDB::Table')[0]?.physicalId,
      Item: { id: { S: id }, title: { S: id }, done: { BOOL: false } },
    }),
  );
  const ask = () => whenSettled(context, () => context.http(`${base}/${id}`));
  const before = await ask();
  if (before.status !== 200)
    context.fail({
      ...text.noAnswer,
      expected: '200',
      actual: String(before.status),
      evidence: before.evidence,
    });
  const stack = await copy.update(broken(found.processed, context.name(nobody)));
  if (stack?.StackStatus !== 'UPDATE_ROLLBACK_COMPLETE')
    context.fail({
      ...text.notBack,
      expected: 'UPDATE_ROLLBACK_COMPLETE',
      actual: `${stack?.StackStatus ?? ''} ${stack?.StackStatusReason ?? ''}`.trim(),
    });
  const after = await ask();
  if (after.status !== 200 || after.text !== before.text)
    context.fail({ ...text.changed, expected: before.text, actual: after.text, evidence: after.evidence });
}

/**
 * The template with a change of each function, and behind it a permission for a function that nobody has: CloudFormation
 * finds out only when Lambda says so.
 * @param absent that function's name
 */
export function broken(template: Tree, absent: string): object {
  const resources = Object.entries(members(template.Resources));
  const functions = resources.filter(([, resource]) => members(resource).Type === 'AWS::Lambda::Function');
  const changed = functions.map(([name, resource]) => [
    name,
    { ...members(resource), Properties: { ...members(members(resource).Properties), Description: 'broken' } },
  ]);
  return {
    ...template,
    Resources: {
      ...Object.fromEntries(resources),
      ...(Object.fromEntries(changed) as object),
      ColdstartProbe: {
        Type: 'AWS::Lambda::Permission',
        DependsOn: functions.map(([name]) => name),
        Properties: {
          Action: 'lambda:InvokeFunction',
          FunctionName: absent,
          Principal: 'apigateway.amazonaws.com',
        },
      },
    },
  };
}

export const rollbackChecks = { rollback };
