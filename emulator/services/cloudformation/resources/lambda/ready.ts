import { ServiceFailure } from '../../../../service/failure.ts';
import { ResourceFailure } from '../resource-type.ts';
import type { ResourceWork } from '../resource-type.ts';

/** How long CloudFormation's own handler waits for a function to become active, in seconds. */
const ACTIVE = 600;
/** How long a role that Lambda may not take yet is tried: rights need their time on AWS. In seconds. */
const ASSUMABLE = 3;

/** Waits until a function, or a version of it, is active and no update is under way. @throws ResourceFailure */
export async function ready(work: ResourceWork, FunctionName: string, Qualifier?: string): Promise<void> {
  await work.until(ACTIVE, `Function ${FunctionName} did not become active.`, async () => {
    const now = await work.call('lambda', 'GetFunctionConfiguration', {
      FunctionName,
      ...(Qualifier !== undefined && { Qualifier }),
    });
    if (now.State === 'Failed' || now.LastUpdateStatus === 'Failed')
      throw new ResourceFailure(now.StateReason ?? now.LastUpdateStatusReason ?? 'The function failed.');
    return now.State === 'Pending' || now.LastUpdateStatus === 'InProgress' ? undefined : now;
  });
}

/** Does what needs a role, again for a while where Lambda may not take the role yet. @throws ServiceFailure */
export async function onceAssumable<T>(work: ResourceWork, make: () => Promise<T>): Promise<T> {
  let last: unknown;
  try {
    const made = await work.until(ASSUMABLE, 'The role cannot be assumed.', async () => {
      try {
        return { value: await make() };
      } catch (error) {
        if (!isUnassumable(error)) throw error;
        last = error;
        return undefined;
      }
    });
    return made.value;
  } catch (error) {
    throw error instanceof ResourceFailure ? (last ?? error) : error;
  }
}

const isUnassumable = (error: unknown): boolean =>
  error instanceof ServiceFailure && error.message.includes('cannot be assumed by Lambda');

/** Waits until a version or an alias has the processes that it was promised. @throws ResourceFailure */
export async function provisioned(
  work: ResourceWork,
  of: { readonly FunctionName: string; readonly Qualifier: string },
): Promise<void> {
  await work.until(ACTIVE, 'Provisioned concurrency did not become ready.', async () => {
    const now = await work.call('lambda', 'GetProvisionedConcurrencyConfig', of);
    if (now.Status === 'FAILED')
      throw new ResourceFailure(now.StatusReason ?? 'Provisioned concurrency failed.');
    return now.Status === 'READY' ? now : undefined;
  });
}
