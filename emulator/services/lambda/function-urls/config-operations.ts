import type { FunctionUrlConfig } from '@aws-sdk/client-lambda';
import { lookup } from 'node:dns/promises';
import type { Call, Scope } from '../../../service/call.ts';
import { siteAddress } from '../../../service/site.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { conflict, constraintBroken, functionNotFound, notFound } from '../failures.ts';
import { functionArn, readFunctionName, scopeOf } from '../names/name.ts';
import { pageOf } from '../paging.ts';
import { checkCors } from './cors.ts';
import type { FunctionUrls, UrlRecord } from './urls.ts';

type Urls =
  | 'CreateFunctionUrlConfig'
  | 'GetFunctionUrlConfig'
  | 'UpdateFunctionUrlConfig'
  | 'DeleteFunctionUrlConfig'
  | 'ListFunctionUrlConfigs';

/** `CreateFunctionUrlConfig`, `Get…`, `Update…`, `Delete…` and `ListFunctionUrlConfigs`. */
export function urlOperations(
  { cloud, functions, versions }: LambdaContext,
  urls: FunctionUrls,
): Required<Pick<LambdaOperations, Urls>> {
  /** @throws ServiceFailure for a qualifier that is no alias (recorded: test_url_config_exceptions) */
  const named = (call: Call, value: string | undefined, given: string | undefined) => {
    const { name, qualifier } = readFunctionName(value ?? '', call, given);
    if (qualifier !== undefined && !/^(?!\d+$)[0-9a-zA-Z-_]+$/.test(qualifier)) {
      throw constraintBroken(
        qualifier,
        'qualifier',
        'Member must satisfy regular expression pattern: ((?!^\\d+$)^[0-9a-zA-Z-_]+$)',
      );
    }
    return { name, qualifier };
  };

  const existing = (call: Call, value: string | undefined, given: string | undefined): UrlRecord => {
    const { name, qualifier } = named(call, value, given);
    const found = urls.find(call, name, qualifier);
    if (found === undefined) throw notFound('The resource you requested does not exist.');
    return found;
  };

  // Whether this machine finds names below `localhost`: not every system does.
  let resolving: Promise<boolean> | undefined;
  const told = async (scope: Scope, url: UrlRecord) => {
    resolving ??= lookup(`${url.id}.lambda-url.${scope.region}.localhost`).then(
      () => true,
      () => false,
    );
    const at = { id: url.id, label: 'lambda-url', region: scope.region };
    return {
      FunctionUrl: siteAddress(cloud, at, await resolving),
      FunctionArn: functionArn(scope, url.functionName, url.qualifier),
      AuthType: url.authType,
      ...(url.cors === undefined ? {} : { Cors: url.cors }),
      CreationTime: dateOf(url.created),
      InvokeMode: url.invokeMode,
    };
  };
  const toldWhole = async (scope: Scope, url: UrlRecord) => ({
    ...(await told(scope, url)),
    LastModifiedTime: dateOf(url.modified),
  });

  return {
    async CreateFunctionUrlConfig(input, call) {
      const { name, qualifier } = named(call, input.FunctionName, input.Qualifier);
      if (functions.find(call, name) === undefined) throw notFound('Function does not exist');
      if (qualifier !== undefined && versions.findAlias(call, name, qualifier) === undefined) {
        throw functionNotFound(functionArn(call, name, qualifier));
      }
      const cors = checkCors(input.Cors);
      if (urls.find(call, name, qualifier) !== undefined) {
        throw conflict(
          `Failed to create function url config for [functionArn = ${functionArn(call, name, qualifier)}]. Error message:  FunctionUrlConfig exists for this Lambda function`,
        );
      }
      const url = urls.create(scopeOf(call), {
        functionName: name,
        qualifier,
        authType: input.AuthType ?? 'NONE',
        cors,
        invokeMode: input.InvokeMode ?? 'BUFFERED',
      });
      return told(call, url);
    },
    async GetFunctionUrlConfig(input, call) {
      return toldWhole(call, existing(call, input.FunctionName, input.Qualifier));
    },
    async UpdateFunctionUrlConfig(input, call) {
      const before = existing(call, input.FunctionName, input.Qualifier);
      const changed = urls.update(scopeOf(call), {
        ...before,
        authType: input.AuthType ?? before.authType,
        cors: input.Cors === undefined ? before.cors : checkCors(input.Cors),
        invokeMode: input.InvokeMode ?? before.invokeMode,
      });
      return toldWhole(call, changed);
    },
    DeleteFunctionUrlConfig(input, call) {
      const { functionName, qualifier } = existing(call, input.FunctionName, input.Qualifier);
      urls.delete(scopeOf(call), functionName, qualifier);
      return {};
    },
    async ListFunctionUrlConfigs(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      if (functions.find(call, name) === undefined) throw notFound('Function does not exist');
      const { items, next } = pageOf(urls.list(call, name), ({ qualifier = '' }) => `:${qualifier}`, input);
      const configs: FunctionUrlConfig[] = await Promise.all(items.map((url) => toldWhole(call, url)));
      return { FunctionUrlConfigs: configs, ...next };
    },
  };
}

const dateOf = (time: number): string => new Date(time).toISOString();
