import type { UpdateRuntimeOn } from '@aws-sdk/client-lambda';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { invalidParameter } from '../failures.ts';
import { functionArn, readFunctionName, scopeOf } from '../names/name.ts';
import { runtimeVersionArn } from '../runtimes/runtimes.ts';

interface Setting {
  readonly on: UpdateRuntimeOn;
  /** Where updates are by hand. */
  readonly runtimeVersionArn?: string;
}

/** `PutRuntimeManagementConfig` and `GetRuntimeManagementConfig`: each version has a setting of its own. */
export function runtimeUpdateOperations({
  cloud,
  versions,
  changes,
}: LambdaContext): Required<
  Pick<LambdaOperations, 'PutRuntimeManagementConfig' | 'GetRuntimeManagementConfig'>
> {
  const table = cloud.state.table<Setting>('lambda.runtime-updates');
  changes.follow((change) => {
    const rows = table.in(change.scope);
    if (change.is === 'version deleted') rows.delete(`${change.name}:${change.qualifier}`);
    if (change.is !== 'function deleted') return;
    for (const [key] of [...rows.entries()]) if (key.startsWith(`${change.name}:`)) rows.delete(key);
  });
  return {
    PutRuntimeManagementConfig(input, call) {
      const { view } = versions.resolve(
        call,
        readFunctionName(input.FunctionName ?? '', call, input.Qualifier),
      );
      const on = input.UpdateRuntimeOn ?? 'Auto';
      if (on === 'Manual' && input.RuntimeVersionArn === undefined) {
        throw invalidParameter('RuntimeVersionArn is required when UpdateRuntimeOn is set to Manual.');
      }
      if (on !== 'Manual' && input.RuntimeVersionArn !== undefined) {
        throw invalidParameter(
          'RuntimeVersionArn can only be specified when UpdateRuntimeOn is set to Manual.',
        );
      }
      const version = view.version ?? '$LATEST';
      table.in(scopeOf(call)).set(`${view.name}:${version}`, {
        on,
        ...(input.RuntimeVersionArn === undefined ? {} : { runtimeVersionArn: input.RuntimeVersionArn }),
      });
      return {
        UpdateRuntimeOn: on,
        FunctionArn: functionArn(call, view.name, version),
        ...(input.RuntimeVersionArn === undefined ? {} : { RuntimeVersionArn: input.RuntimeVersionArn }),
      };
    },
    GetRuntimeManagementConfig(input, call) {
      const { view } = versions.resolve(
        call,
        readFunctionName(input.FunctionName ?? '', call, input.Qualifier),
      );
      const version = view.version ?? '$LATEST';
      const set = table.in(call).get(`${view.name}:${version}`);
      return {
        UpdateRuntimeOn: set?.on ?? 'Auto',
        FunctionArn: functionArn(call, view.name, version),
        RuntimeVersionArn:
          set?.runtimeVersionArn ?? runtimeVersionArn(call.region, view.deployment.settings.runtime),
      };
    },
  };
}
