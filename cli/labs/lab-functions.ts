import { paginateListStackResources } from '@aws-sdk/client-cloudformation';
import type { AnyLab } from '../../grader/api.ts';
import type { Target } from '../../grader/targets/target.ts';
import type { Session } from '../session/session.ts';
import { resourceName } from './resource-name.ts';

/** A function of a lab. */
export interface LabFunction {
  /** What a student calls it: the lab's name for it, or the logical id in a template. */
  readonly label: string;
  /** What the target calls it. */
  readonly name: string;
}

/** The functions of a lab: those that it names, whether they exist or not, and those that its stacks have made. */
export async function functionsOf(
  session: Session,
  lab: AnyLab,
  target: Pick<Target, 'pool'>,
): Promise<LabFunction[]> {
  const named = (lab.resources.functions ?? []).map((label) => ({
    label,
    name: resourceName(session, label),
  }));
  const { stacks = [] } = lab.resources;
  if (stacks.length === 0) return named;
  const client = await target.pool.load('cloudformation');
  const made: LabFunction[] = [];
  for (const stack of stacks) {
    const pages = paginateListStackResources({ client }, { StackName: resourceName(session, stack) });
    try {
      for await (const { StackResourceSummaries: resources = [] } of pages)
        for (const {
          ResourceType: type,
          LogicalResourceId: label = '',
          PhysicalResourceId: name,
        } of resources)
          if (type === 'AWS::Lambda::Function' && name !== undefined) made.push({ label, name });
    } catch (error) {
      // A stack that is not there is a ValidationError, with words.
      if (!(error instanceof Error) || !/does not exist/.test(error.message)) throw error;
    }
  }
  return [...named, ...made];
}
