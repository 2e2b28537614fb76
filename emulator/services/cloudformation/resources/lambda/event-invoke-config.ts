import type { Physical, Properties, ResourceType, ResourceWork } from '../resource-type.ts';
import { ifThere } from '../translate/gone.ts';
import { picked, shaped, text, told } from '../translate/shaped.ts';
import { functionNameOf } from './names.ts';
import type { Input } from './settings.ts';

const nameOf = (properties: Properties): string =>
  `${functionNameOf(properties['FunctionName'])}|${text(properties['Qualifier']) ?? '$LATEST'}`;

const target = (properties: Properties): { FunctionName: string; Qualifier: string } => ({
  FunctionName: functionNameOf(properties['FunctionName']),
  Qualifier: text(properties['Qualifier']) ?? '$LATEST',
});

/** `AWS::Lambda::EventInvokeConfig`: how a function's asynchronous events are retried and where they go. */
export const eventInvokeConfig: ResourceType = {
  nameOf,

  async create(properties, work): Promise<Physical> {
    await put(properties, work);
    return { id: nameOf(properties), attributes: {} };
  },

  async update(kept, wanted, work) {
    await put(wanted, work);
    return { id: kept.id, attributes: kept.attributes };
  },

  async delete({ properties }, work) {
    await ifThere(work.call('lambda', 'DeleteFunctionEventInvokeConfig', target(properties)));
  },

  async read({ properties }, work) {
    const now = await ifThere(work.call('lambda', 'GetFunctionEventInvokeConfig', target(properties)));
    if (now === undefined) return undefined;
    const { OnSuccess, OnFailure } = now.DestinationConfig ?? {};
    const all = {
      ...properties,
      MaximumEventAgeInSeconds: now.MaximumEventAgeInSeconds,
      MaximumRetryAttempts: now.MaximumRetryAttempts,
      DestinationConfig: {
        ...(OnSuccess?.Destination !== undefined && { OnSuccess: { Destination: OnSuccess.Destination } }),
        ...(OnFailure?.Destination !== undefined && { OnFailure: { Destination: OnFailure.Destination } }),
      },
    };
    return picked(told(all), ...Object.keys(properties));
  },
};

async function put(properties: Properties, work: ResourceWork): Promise<void> {
  // An empty configuration says nothing to Lambda, which asks for at least one setting.
  const settings = picked(
    { DestinationConfig: {}, ...properties },
    'DestinationConfig',
    'MaximumEventAgeInSeconds',
    'MaximumRetryAttempts',
  );
  await work.call('lambda', 'PutFunctionEventInvokeConfig', {
    ...shaped<Partial<Input<'PutFunctionEventInvokeConfig'>>>(settings),
    ...target(properties),
  });
}
