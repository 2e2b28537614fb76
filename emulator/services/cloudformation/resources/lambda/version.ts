import type { Physical, ResourceType, ResourceWork } from '../resource-type.ts';
import { ResourceFailure } from '../resource-type.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { membersOf, picked, shaped, text } from '../translate/shaped.ts';
import { provisioned, ready } from './ready.ts';

/** `AWS::Lambda::Version`: what a function is now, under a number. A change of it is another version. */
export const version: ResourceType = {
  async create(properties, work): Promise<Physical> {
    const FunctionName = text(properties['FunctionName']) ?? '';
    await ready(work, FunctionName);
    const before = await work.call('lambda', 'GetFunction', { FunctionName });
    const mark = `aws:cloudformation:publishing-${work.logicalId}`;
    const own = before.Configuration?.FunctionArn?.replace(/(:function:[^:]+).*$/, '$1') ?? '';
    const last = await latest(FunctionName, work);
    // Should the cloud end in the middle, the next try knows by the mark what was there before this one.
    const [token, known] = (before.Tags?.[mark] ?? '').split(' ');
    const there = token === work.token ? Number(known) : last;
    await work.call('lambda', 'TagResource', { Resource: own, Tags: { [mark]: `${work.token} ${there}` } });
    try {
      const made = await work.call('lambda', 'PublishVersion', {
        FunctionName,
        ...picked(properties, 'CodeSha256', 'Description'),
      });
      const number = made.Version ?? '';
      if (Number(number) <= there)
        throw new ResourceFailure(
          `A version for this Lambda function exists ( ${number} ). Modify the function to create a new version.`,
        );
      const id = made.FunctionArn ?? '';
      const physical: Physical = { id, attributes: { Version: number, FunctionArn: id } };
      await orUndone(
        async () => {
          await ready(work, FunctionName, number);
          await provide(FunctionName, number, properties['ProvisionedConcurrencyConfig'], work);
        },
        () => version.delete({ ...physical, properties }, work),
      );
      return physical;
    } finally {
      await ifThere(work.call('lambda', 'UntagResource', { Resource: own, TagKeys: [mark] }));
    }
  },

  async delete(kept, work) {
    await ifThere(work.call('lambda', 'DeleteFunction', { FunctionName: kept.id }));
  },

  async read({ id, properties }, work) {
    const now = await ifThere(work.call('lambda', 'GetFunctionConfiguration', { FunctionName: id }));
    if (now === undefined) return undefined;
    const { Description, CodeSha256 } = now;
    const all = { ...properties, Description: Description ?? '', CodeSha256: CodeSha256 ?? '' };
    return picked(all, ...Object.keys(properties).filter((name) => name !== 'FunctionScalingConfig'));
  },
};

/* The number of a function's last version; 0 where it has none. */
async function latest(FunctionName: string, work: ResourceWork): Promise<number> {
  let Marker: string | undefined;
  let last = 0;
  do {
    const page = await work.call('lambda', 'ListVersionsByFunction', {
      FunctionName,
      ...(Marker !== undefined && { Marker }),
    });
    for (const { Version } of page.Versions ?? []) last = Math.max(last, Number(Version) || 0);
    Marker = page.NextMarker;
  } while (Marker !== undefined);
  return last;
}

/** Gives a version or an alias the processes that stand ready, or takes them away where none are wanted. */
export async function provide(
  FunctionName: string,
  Qualifier: string,
  wanted: Parameters<typeof membersOf>[0],
  work: ResourceWork,
): Promise<void> {
  const count = membersOf(wanted)['ProvisionedConcurrentExecutions'];
  if (count === undefined) {
    await ifThere(work.call('lambda', 'DeleteProvisionedConcurrencyConfig', { FunctionName, Qualifier }));
    return;
  }
  await work.call('lambda', 'PutProvisionedConcurrencyConfig', {
    FunctionName,
    Qualifier,
    ProvisionedConcurrentExecutions: shaped<number>(count),
  });
  await provisioned(work, { FunctionName, Qualifier });
}
