import type { LambdaContext, LambdaOperations } from '../context.ts';
import { conflict, functionNotFound, invalidParameter } from '../failures.ts';
import { functionArn, readFunctionName, scopeOf } from '../names/name.ts';
import { pageOf, versionKey } from '../paging.ts';
import type { AliasRecord } from '../versions/record.ts';
import { configurationOf, listedConfigurationOf } from './configuration.ts';

type Reading =
  | 'GetFunction'
  | 'GetFunctionConfiguration'
  | 'GetFunctionCodeSigningConfig'
  | 'ListFunctions'
  | 'DeleteFunction';

/** What reads functions, lists them and removes one. */
export function readFunctions(context: LambdaContext): Required<Pick<LambdaOperations, Reading>> {
  const { functions, versions } = context;
  return {
    GetFunction(input, call) {
      const reference = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      const { record, view } = versions.resolve(call, reference);
      const { code } = view.deployment.settings;
      return {
        Configuration: configurationOf(call, view, reference.qualifier),
        Code: {
          RepositoryType: 'S3',
          Location: context.downloads.address(call, call.origin, record.name, code),
        },
        ...(Object.keys(record.tags).length === 0 ? {} : { Tags: record.tags }),
        ...(record.reserved === undefined
          ? {}
          : { Concurrency: { ReservedConcurrentExecutions: record.reserved } }),
      };
    },

    GetFunctionConfiguration(input, call) {
      const reference = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      return configurationOf(call, versions.resolve(call, reference).view, reference.qualifier);
    },

    /* What tools read of every function; nothing of it can be set yet. */
    GetFunctionCodeSigningConfig(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      return {
        FunctionName: functions.get(call, { name, qualifier: undefined }).name,
        CodeSigningConfigArn: '',
      };
    },

    ListFunctions(input, call) {
      const all =
        input.FunctionVersion === 'ALL'
          ? functions
              .list(call)
              .flatMap((record) => [
                listedConfigurationOf(call, record, '$LATEST'),
                ...versions
                  .list(call, record.name)
                  .map((version) => listedConfigurationOf(call, versions.viewOf(version), version.version)),
              ])
          : functions.list(call).map((record) => listedConfigurationOf(call, record));
      const { items, next } = pageOf(
        all,
        ({ FunctionName, Version }) => `${FunctionName ?? ''} ${versionKey(Version)}`,
        input,
      );
      return { Functions: items, ...next };
    },

    DeleteFunction(input, call) {
      const { name, qualifier } = readFunctionName(input.FunctionName ?? '', call, input.Qualifier);
      if (qualifier === '$LATEST') {
        throw invalidParameter('$LATEST version cannot be deleted without deleting the function.');
      }
      // A version that is not there is no error of its own once the function is (recorded: test_delete_on_nonexisting_version).
      if (functions.find(call, name) === undefined) throw functionNotFound(functionArn(call, name));
      const scope = scopeOf(call);
      if (qualifier === undefined) {
        functions.delete(call, name);
        versions.deleteAll(call, name);
        context.changes.tell({ is: 'function deleted', scope, name });
        context.recycle(call, name, 'deleted');
        return { StatusCode: 204 };
      }
      if (versions.findAlias(call, name, qualifier) !== undefined) {
        throw invalidParameter('Deletion of aliases is not currently supported.');
      }
      checkUnused(versions.listAliases(call, name), qualifier);
      versions.delete(call, name, qualifier);
      context.changes.tell({ is: 'version deleted', scope, name, qualifier });
      context.recycle(call, name, 'deleted', qualifier);
      return { StatusCode: 204 };
    },
  };
}

/** @throws ServiceFailure `ResourceConflictException` where an alias points at the version */
function checkUnused(aliases: readonly AliasRecord[], version: string): void {
  const users = aliases.filter((alias) => alias.version === version || version in alias.weights);
  if (users.length === 0) return;
  const names = users.map(({ name }) => name).join(', ');
  throw conflict(
    `Version ${version} cannot be deleted because these aliases point at it: [${names}]. Point them at another version or delete them first.`,
  );
}
