import {
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeChangeSetCommand,
  type ResourceChange,
} from '@aws-sdk/client-cloudformation';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import type { FoundStack } from '../found/stack.ts';
import type { Context, LabCheck } from './context.ts';
import { tidying } from '../../tidying/tidying.ts';

/** Values that the stack does not have yet, and that the template allows. */
function otherValues({ parameters, original }: FoundStack): Record<string, string> {
  const declared = members(original.Parameters);
  return Object.fromEntries(
    Object.entries(parameters).flatMap(([name, value]) => {
      const { Type: type, MaxValue: most, AllowedValues: allowed } = members(declared[name]);
      if (Array.isArray(allowed)) {
        const other = allowed.map(String).find((one) => one !== value);
        return other === undefined ? [] : [[name, other]];
      }
      if (type === 'Number') {
        const number = Number(value);
        return [[name, String(Number(most) <= number ? number - 1 : number + 1)]];
      }
      return name === 'StageName' ? [[name, value === 'trial' ? 'test' : 'trial']] : [];
    }),
  );
}

const update: LabCheck = {
  id: 'update',
  title: (text) => text.update.title,
  points: 5,
  needs: ['todo-stack'],
  verifiedOn: ['embedded'],
  hints: (text) => text.update.hints,
  async run(context) {
    const found = context.from<FoundStack>('todo-stack');
    const values = otherValues(found);
    // Without a parameter that can be changed there is no update to look at.
    if (Object.keys(values).length === 0) return;
    const changes = await changesBy(context, found, values);
    const lost = changes.find(
      ({ ResourceType, Replacement, Action }) =>
        ResourceType === 'AWS::DynamoDB::Table' && (Replacement === 'True' || Action === 'Remove'),
    );
    if (lost === undefined) return;
    const because = (lost.Details ?? []).map(({ Target, CausingEntity }) => ({
      property: Target?.Name,
      requiresRecreation: Target?.RequiresRecreation,
      because: CausingEntity,
    }));
    context.fail({
      ...context.text.update.replaced(lost.LogicalResourceId ?? ''),
      expected: context.text.update.inPlace,
      actual: `${lost.Action ?? ''}, Replacement: ${lost.Replacement ?? ''}`,
      evidence: [
        { label: context.text.evidence.values, value: shown(values) },
        { label: 'DescribeChangeSet', value: JSON.stringify(because, null, 2) },
      ],
    });
  },
};

/** What would change with other values of parameters. The change set is deleted, and nothing is changed. */
async function changesBy(
  context: Context,
  { id, parameters }: FoundStack,
  values: Readonly<Record<string, string>>,
): Promise<readonly ResourceChange[]> {
  const { cloudformation } = context.clients;
  const { Id: changeSet } = await cloudformation.send(
    new CreateChangeSetCommand({
      StackName: id,
      ChangeSetName: `coldstart-probe-${context.nonce('update')}`,
      UsePreviousTemplate: true,
      Capabilities: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      Parameters: Object.keys(parameters).map((ParameterKey) =>
        ParameterKey in values
          ? { ParameterKey, ParameterValue: values[ParameterKey] }
          : { ParameterKey, UsePreviousValue: true },
      ),
    }),
  );
  try {
    const described = await context.until('stack', async () => {
      const answer = await cloudformation.send(new DescribeChangeSetCommand({ ChangeSetName: changeSet }));
      const moving = /_PENDING$|_IN_PROGRESS$/.test(answer.Status ?? '');
      return moving ? undefined : answer;
    });
    return (described?.Changes ?? []).flatMap(({ ResourceChange }) => ResourceChange ?? []);
  } finally {
    await cloudformation.send(new DeleteChangeSetCommand({ ChangeSetName: changeSet }), tidying());
  }
}

export const updateChecks = { update };
