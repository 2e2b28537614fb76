import {
  DescribeStacksCommand,
  type CloudFormationClient,
  type Stack,
  type StackStatus,
} from '@aws-sdk/client-cloudformation';

/** The stack of this name, or by its id also one that is deleted; undefined where there is none. */
export async function stackOf(client: CloudFormationClient, name: string): Promise<Stack | undefined> {
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    return stack;
  } catch (error) {
    // CloudFormation has no error of its own for it: ValidationError, "Stack with id … does not exist".
    if (error instanceof Error && /does not exist/.test(error.message)) return undefined;
    throw error;
  }
}

export const isMoving = (status: StackStatus | undefined): boolean =>
  status?.endsWith('_IN_PROGRESS') === true;

/** The stack is as its template says. */
export const isComplete = (status: StackStatus | undefined): boolean =>
  status === 'CREATE_COMPLETE' || status === 'UPDATE_COMPLETE' || status === 'IMPORT_COMPLETE';
