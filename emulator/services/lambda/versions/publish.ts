import type { LambdaContext, LambdaOperations } from '../context.ts';
import { configurationOf, listedConfigurationOf } from '../functions/configuration.ts';
import { checkChangeable, checkRevision } from '../functions/functions.ts';
import { invalidParameter } from '../failures.ts';
import { readFunctionName } from '../names/name.ts';
import { pageOf, versionKey } from '../paging.ts';

/** `PublishVersion` and `ListVersionsByFunction`. */
export function versionOperations(
  context: LambdaContext,
): Required<Pick<LambdaOperations, 'PublishVersion' | 'ListVersionsByFunction'>> {
  const { functions, versions } = context;
  return {
    PublishVersion(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      const record = functions.get(call, { name, qualifier: undefined });
      checkRevision(record, input.RevisionId);
      checkCode(record.deployment.settings.code.sha256, input.CodeSha256);
      checkChangeable(call, record);
      const published = versions.publish(call, record, input.Description);
      return configurationOf(call, versions.viewOf(published), published.version);
    },

    ListVersionsByFunction(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      const record = functions.get(call, { name, qualifier: undefined });
      const all = [
        listedConfigurationOf(call, record, '$LATEST'),
        ...versions
          .list(call, name)
          .map((version) => listedConfigurationOf(call, versions.viewOf(version), version.version)),
      ];
      const { items, next } = pageOf(all, ({ Version }) => versionKey(Version), input);
      return { Versions: items, ...next };
    },
  };
}

/** @throws ServiceFailure where the package is not the one that the caller meant to publish (recorded) */
export function checkCode(current: string, expected: string | undefined): void {
  if (expected === undefined || expected === current) return;
  throw invalidParameter(
    `CodeSHA256 (${expected}) is different from current CodeSHA256 in $LATEST (${current}). Please try again with the CodeSHA256 in $LATEST.`,
  );
}
