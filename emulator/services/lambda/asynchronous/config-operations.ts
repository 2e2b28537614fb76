import type { FunctionEventInvokeConfig } from '@aws-sdk/client-lambda';
import type { Call, Scope } from '../../../service/call.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { checkDestination } from '../destinations/check.ts';
import { invalidParameter, notFound } from '../failures.ts';
import { functionArn, readFunctionName } from '../names/name.ts';
import { pageOf } from '../paging.ts';
import type { Resolved } from '../versions/versions.ts';
import type { EventConfig, EventConfigs } from './configs.ts';

type Configuring =
  | 'PutFunctionEventInvokeConfig'
  | 'UpdateFunctionEventInvokeConfig'
  | 'GetFunctionEventInvokeConfig'
  | 'DeleteFunctionEventInvokeConfig'
  | 'ListFunctionEventInvokeConfigs';

/** What a call names: the function, and the qualifier that the configuration is kept under. */
interface Named {
  readonly name: string;
  readonly qualifier: string;
}

interface Input {
  readonly FunctionName?: string | undefined;
  readonly Qualifier?: string | undefined;
  readonly MaximumRetryAttempts?: number | undefined;
  readonly MaximumEventAgeInSeconds?: number | undefined;
  readonly DestinationConfig?:
    | {
        readonly OnSuccess?: { readonly Destination?: string | undefined } | undefined;
        readonly OnFailure?: { readonly Destination?: string | undefined } | undefined;
      }
    | undefined;
}

/** How a function's asynchronous events are retried, how long they are kept, and where their results go. */
export function eventConfigOperations(
  context: LambdaContext,
  configs: EventConfigs,
): Required<Pick<LambdaOperations, Configuring>> {
  const { cloud, versions } = context;

  const named = (call: Call, input: Input): Named => {
    const { name, qualifier = '$LATEST' } = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
    return { name, qualifier };
  };
  const existing = (call: Call, { name, qualifier }: Named): Resolved => {
    try {
      return versions.resolve(call, { name, qualifier });
    } catch {
      throw notFound("The function doesn't exist.");
    }
  };
  const found = (call: Call, where: Named): EventConfig => {
    const config = configs.find(call, where);
    if (config !== undefined) return config;
    const arn = functionArn(call, where.name, where.qualifier);
    throw notFound(`The function ${arn} doesn't have an EventInvokeConfig`);
  };

  /* The settings that a call gives; a destination of no text takes one away. */
  const read = async (call: Call, input: Input, { record, view }: Resolved, before: Partial<EventConfig>) => {
    const { DestinationConfig: destinations } = input;
    const given = {
      onSuccess: destinations?.OnSuccess?.Destination ?? before.onSuccess,
      onFailure: destinations?.OnFailure?.Destination ?? before.onFailure,
    };
    const { role } = view.deployment.settings;
    for (const [when, arn] of Object.entries(given)) {
      if (arn === undefined || arn === '' || arn === before[when as keyof typeof given]) continue;
      await checkDestination(context, call, {
        arn,
        role,
        functionName: record.name,
        allowed: when === 'onFailure' ? [...ofSuccess, 's3'] : ofSuccess,
      });
    }
    const retries = input.MaximumRetryAttempts ?? before.retries;
    const ageSeconds = input.MaximumEventAgeInSeconds ?? before.ageSeconds;
    return {
      ...(retries === undefined ? {} : { retries }),
      ...(ageSeconds === undefined ? {} : { ageSeconds }),
      ...(given.onSuccess === undefined || given.onSuccess === '' ? {} : { onSuccess: given.onSuccess }),
      ...(given.onFailure === undefined || given.onFailure === '' ? {} : { onFailure: given.onFailure }),
    };
  };

  const checkSaysSomething = (input: Input): void => {
    const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = input;
    if ((MaximumRetryAttempts ?? MaximumEventAgeInSeconds ?? DestinationConfig) !== undefined) return;
    throw invalidParameter('You must specify at least one of error handling or destination setting.');
  };

  return {
    async PutFunctionEventInvokeConfig(input, call) {
      const where = named(call, input);
      const resolved = existing(call, where);
      checkSaysSomething(input);
      const settings = await read(call, input, resolved, {});
      return told(call, configs.set(call, kept(where, settings, cloud.clock.now())));
    },
    async UpdateFunctionEventInvokeConfig(input, call) {
      const where = named(call, input);
      const before = found(call, where);
      checkSaysSomething(input);
      const settings = await read(call, input, existing(call, where), before);
      return told(call, configs.set(call, kept(where, settings, cloud.clock.now())));
    },
    GetFunctionEventInvokeConfig(input, call) {
      return told(call, found(call, named(call, input)));
    },
    DeleteFunctionEventInvokeConfig(input, call) {
      const { functionName, qualifier } = found(call, named(call, input));
      configs.delete(call, functionName, qualifier);
      return {};
    },
    ListFunctionEventInvokeConfigs(input, call) {
      const where = named(call, input);
      existing(call, { ...where, qualifier: '$LATEST' });
      const { items, next } = pageOf(configs.list(call, where.name), ({ qualifier }) => qualifier, input);
      return { FunctionEventInvokeConfigs: items.map((config) => told(call, config)), ...next };
    },
  };
}

const ofSuccess = ['sqs', 'sns', 'lambda', 'events'] as const;

const kept = (
  { name, qualifier }: Named,
  settings: Omit<EventConfig, 'functionName' | 'qualifier' | 'lastModified'>,
  lastModified: number,
): EventConfig => ({ functionName: name, qualifier, lastModified, ...settings });

function told(scope: Scope, config: EventConfig): FunctionEventInvokeConfig {
  const { retries, ageSeconds, onSuccess, onFailure } = config;
  return {
    FunctionArn: functionArn(scope, config.functionName, config.qualifier),
    LastModified: new Date(config.lastModified),
    ...(retries === undefined ? {} : { MaximumRetryAttempts: retries }),
    ...(ageSeconds === undefined ? {} : { MaximumEventAgeInSeconds: ageSeconds }),
    DestinationConfig: {
      OnSuccess: onSuccess === undefined ? {} : { Destination: onSuccess },
      OnFailure: onFailure === undefined ? {} : { Destination: onFailure },
    },
  };
}
