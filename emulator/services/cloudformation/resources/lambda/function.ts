import { isDeepStrictEqual } from 'node:util';
import type { Kept, Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere, orUndone } from '../translate/gone.ts';
import { membersOf, picked, plain, shaped, text, told } from '../translate/shaped.ts';
import { allTags, ownTags, tagChanges, tagList } from '../translate/tags.ts';
import { inlinePackage } from './inline/package.ts';
import { onceAssumable, ready } from './ready.ts';
import { apart, plainSettings, settingsOf } from './settings.ts';
import type { Input } from './settings.ts';

const nameOf = (properties: Properties, work: ResourceWork): string =>
  text(properties['FunctionName']) ?? work.name(64);

/** `AWS::Lambda::Function`. */
export const lambdaFunction = {
  nameOf,

  async create(properties, work): Promise<Physical> {
    const FunctionName = nameOf(properties, work);
    const input = shaped<Omit<Input<'CreateFunction'>, 'Code' | 'Role'>>(plainSettings(properties));
    const made = await onceAssumable(work, () =>
      work.call('lambda', 'CreateFunction', {
        ...input,
        FunctionName,
        Role: text(properties['Role']),
        Code: codeOf(properties),
        Tags: allTags(properties['Tags'], work),
        ...(properties['KmsKeyArn'] !== undefined && { KMSKeyArn: text(properties['KmsKeyArn']) }),
      }),
    );
    const physical: Physical = {
      id: FunctionName,
      attributes: {
        Arn: made.FunctionArn ?? '',
        SnapStartResponse: told({ ...made.SnapStart }),
        'SnapStartResponse.ApplyOn': made.SnapStart?.ApplyOn ?? 'None',
        'SnapStartResponse.OptimizationStatus': made.SnapStart?.OptimizationStatus ?? 'Off',
      },
    };
    const kept = { ...physical, properties };
    await orUndone(
      async () => {
        await ready(work, FunctionName);
        await setApart({ ...kept, properties: {} }, properties, work);
      },
      () => lambdaFunction.delete(kept, work),
    );
    return physical;
  },

  /* Code first, then configuration: a new handler must find its file. */
  async update(kept, wanted, work) {
    const FunctionName = kept.id;
    const changed = (name: string): boolean => !isDeepStrictEqual(kept.properties[name], wanted[name]);
    // Nothing that differs: an update that failed in the middle is taken back, whatever it has changed.
    const restoring = isDeepStrictEqual(kept.properties, wanted);
    await ready(work, FunctionName);
    if (restoring || changed('Code') || changed('Architectures'))
      await updateCode(FunctionName, wanted, restoring, work);
    const names = new Set([...Object.keys(kept.properties), ...Object.keys(wanted)]);
    if (restoring || [...names].some((name) => !apart.includes(name) && changed(name))) {
      await onceAssumable(work, () =>
        work.call('lambda', 'UpdateFunctionConfiguration', settingsOf(FunctionName, wanted)),
      );
      await ready(work, FunctionName);
    }
    await setApart(kept, wanted, work);
    const arn = text(kept.attributes['Arn']) ?? '';
    const now = await work.call('lambda', 'ListTags', { Resource: arn });
    const { set, gone } = tagChanges(now.Tags ?? {}, allTags(wanted['Tags'], work));
    if (gone.length > 0) await work.call('lambda', 'UntagResource', { Resource: arn, TagKeys: gone });
    if (Object.keys(set).length > 0) await work.call('lambda', 'TagResource', { Resource: arn, Tags: set });
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete(kept, work) {
    await ifThere(work.call('lambda', 'DeleteFunction', { FunctionName: kept.id }));
  },

  async read({ id, properties }, work) {
    const now = await ifThere(work.call('lambda', 'GetFunction', { FunctionName: id }));
    const { Configuration, Concurrency, Tags } = now ?? {};
    if (Configuration === undefined) return undefined;
    const all = {
      ...plain(Configuration),
      KmsKeyArn: Configuration.KMSKeyArn,
      Layers: Configuration.Layers?.map(({ Arn = '' }) => Arn),
      ReservedConcurrentExecutions: Concurrency?.ReservedConcurrentExecutions,
      Tags: tagList(ownTags(Tags, work)),
    };
    const names = Object.keys(properties).filter((name) => name !== 'Code' && name !== 'SnapStart');
    return picked(told(all), ...names);
  },
} satisfies ResourceType;

/* Where a failed update is taken back, code that is what it was is not sent again: that would end every environment. */
async function updateCode(
  FunctionName: string,
  wanted: Properties,
  restoring: boolean,
  work: ResourceWork,
): Promise<void> {
  const input = {
    FunctionName,
    ...codeOf(wanted),
    Architectures: shaped<('x86_64' | 'arm64')[] | undefined>(wanted['Architectures']) ?? ['x86_64' as const],
  };
  if (restoring) {
    const now = await work.call('lambda', 'GetFunctionConfiguration', { FunctionName });
    const then = await work.call('lambda', 'UpdateFunctionCode', { ...input, DryRun: true });
    if (now.CodeSha256 === then.CodeSha256 && isDeepStrictEqual(now.Architectures, then.Architectures))
      return;
  }
  await work.call('lambda', 'UpdateFunctionCode', input);
  await ready(work, FunctionName);
}

function codeOf(properties: Properties): NonNullable<Input<'CreateFunction'>['Code']> {
  const { ZipFile, ...rest } = membersOf(properties['Code']);
  const source = text(ZipFile);
  if (source === undefined) return shaped(told(rest));
  return { ...shaped<object>(told(rest)), ZipFile: inlinePackage(source, text(properties['Runtime'])) };
}

/* What of a function has operations of its own. */
async function setApart(kept: Kept, wanted: Properties, work: ResourceWork): Promise<void> {
  const FunctionName = kept.id;
  const { ReservedConcurrentExecutions: reserved, RecursiveLoop, RuntimeManagementConfig } = wanted;
  if (reserved !== undefined)
    await work.call('lambda', 'PutFunctionConcurrency', {
      FunctionName,
      ReservedConcurrentExecutions: shaped<number>(reserved),
    });
  else if (Object.keys(kept.properties).length > 0)
    await work.call('lambda', 'DeleteFunctionConcurrency', { FunctionName });
  if (RecursiveLoop !== undefined || kept.properties['RecursiveLoop'] !== undefined)
    await work.call('lambda', 'PutFunctionRecursionConfig', {
      FunctionName,
      RecursiveLoop: shaped<'Allow'>(RecursiveLoop ?? 'Terminate'),
    });
  if (RuntimeManagementConfig !== undefined || kept.properties['RuntimeManagementConfig'] !== undefined)
    await work.call('lambda', 'PutRuntimeManagementConfig', {
      FunctionName,
      ...shaped<{ UpdateRuntimeOn: 'Auto' }>(RuntimeManagementConfig ?? { UpdateRuntimeOn: 'Auto' }),
    });
}
