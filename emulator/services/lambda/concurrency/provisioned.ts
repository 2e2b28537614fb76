import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { aliasNotFound } from '../aliases/aliases.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { conflict, constraintBroken, functionNotFound, invalidParameter } from '../failures.ts';
import type { FunctionRecord } from '../functions/record.ts';
import { functionArn, readFunctionName, scopeOf } from '../names/name.ts';
import { pageOf } from '../paging.ts';
import type { AliasRecord } from '../versions/record.ts';
import { unreserved, unreservedMinimum } from './account.ts';
import type { Provisioning, ProvisionedRecord } from './provisioning.ts';

type Provisioned =
  | 'PutProvisionedConcurrencyConfig'
  | 'GetProvisionedConcurrencyConfig'
  | 'DeleteProvisionedConcurrencyConfig'
  | 'ListProvisionedConcurrencyConfigs';

interface Named {
  readonly record: FunctionRecord;
  readonly qualifier: string;
  /** Where the qualifier is an alias. */
  readonly alias: AliasRecord | undefined;
}

/** `PutProvisionedConcurrencyConfig`, `Get…`, `Delete…` and `List…`. */
export function provisionedOperations(
  { functions, versions }: LambdaContext,
  provisioning: Provisioning,
): Required<Pick<LambdaOperations, Provisioned>> {
  /** @throws ServiceFailure for `$LATEST`, and where function, version or alias are not there (recorded: test_provisioned_concurrency_exceptions) */
  const named = (call: Call, value: string | undefined, given: string | undefined, latest: string): Named => {
    const { name, qualifier = '$LATEST' } = readFunctionName(value ?? '', call, given);
    if (qualifier === '$LATEST') throw invalidParameter(latest);
    const record = functions.find(call, name);
    if (/^\d+$/.test(qualifier)) {
      if (record === undefined || versions.find(call, name, qualifier) === undefined) {
        throw functionNotFound(functionArn(call, name, qualifier));
      }
      return { record, qualifier, alias: undefined };
    }
    const alias = versions.findAlias(call, name, qualifier);
    if (record === undefined || alias === undefined) throw aliasNotFound(call, name, qualifier);
    return { record, qualifier, alias };
  };

  /** @throws ServiceFailure where a version would be provisioned twice */
  const checkOnce = (call: Call, { record: { name }, qualifier, alias }: Named): void => {
    if (alias !== undefined) {
      if (alias.version === '$LATEST') throw invalidParameter(unpublished);
      if (Object.keys(alias.weights).length > 0) {
        throw invalidParameter('Alias with weights can not be used with Provisioned Concurrency');
      }
      if (provisioning.find(call, name, alias.version) === undefined) return;
      throw conflict(
        "Alias can't be used for Provisioned Concurrency configuration on an already Provisioned version",
      );
    }
    const users = versions.listAliases(call, name).filter(({ version }) => version === qualifier);
    if (users.some((user) => provisioning.find(call, name, user.name) !== undefined)) {
      throw conflict('Version is pointed by a Provisioned Concurrency alias');
    }
  };

  /** @throws ServiceFailure where the function, or the account, has not so much concurrency */
  const checkRoom = (call: Call, { record, qualifier }: Named, requested: number): void => {
    const before = provisioning.find(call, record.name, qualifier)?.requested ?? 0;
    if (record.reserved !== undefined) {
      if (provisioning.total(call, record.name) - before + requested <= record.reserved) return;
      throw invalidParameter(
        'Requested Provisioned Concurrency should not be greater than the reservedConcurrentExecution for function',
      );
    }
    const left = unreserved(functions, provisioning, call) + before;
    if (requested > left) {
      throw invalidParameter(
        `Specified ConcurrentExecutions for function is greater than account's unreserved concurrency [${left}].`,
      );
    }
    if (left - requested < unreservedMinimum) {
      throw invalidParameter(
        `Specified ConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreservedMinimum}].`,
      );
    }
  };

  const told = (call: Call, record: ProvisionedRecord) => {
    const { allocated, status, reason } = provisioning.progress(call, record);
    return {
      RequestedProvisionedConcurrentExecutions: record.requested,
      AvailableProvisionedConcurrentExecutions: allocated,
      AllocatedProvisionedConcurrentExecutions: allocated,
      Status: status,
      ...(reason === undefined ? {} : { StatusReason: reason }),
      LastModified: `${new Date(record.lastModified).toISOString().slice(0, 19)}+0000`,
    };
  };

  const missing = () =>
    new ServiceFailure(
      'ProvisionedConcurrencyConfigNotFoundException',
      'No Provisioned Concurrency Config found for this function',
      { status: 404, members: { Type: 'User' } },
    );

  return {
    PutProvisionedConcurrencyConfig(input, call) {
      const requested = input.ProvisionedConcurrentExecutions ?? 0;
      if (requested < 1) {
        throw constraintBroken(
          String(requested),
          'provisionedConcurrentExecutions',
          'Member must have value greater than or equal to 1',
        );
      }
      const target = named(call, input.FunctionName, input.Qualifier, unpublished);
      checkOnce(call, target);
      checkRoom(call, target, requested);
      const record = provisioning.put(scopeOf(call), target.record.name, target.qualifier, requested);
      // Whatever is there already: the answer is that work begins (recorded: test_provisioned_concurrency).
      return { ...told(call, record), Status: 'IN_PROGRESS' };
    },
    GetProvisionedConcurrencyConfig(input, call) {
      const { record, qualifier } = named(call, input.FunctionName, input.Qualifier, neither);
      const found = provisioning.find(call, record.name, qualifier);
      if (found === undefined) throw missing();
      return told(call, found);
    },
    DeleteProvisionedConcurrencyConfig(input, call) {
      const { record, qualifier } = named(call, input.FunctionName, input.Qualifier, neither);
      // Nothing is said of one that is not there (recorded: delete_provisioned_config_doesnotexist).
      provisioning.delete(scopeOf(call), record.name, qualifier);
      return {};
    },
    ListProvisionedConcurrencyConfigs(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      functions.get(call, { name, qualifier: undefined });
      const { items, next } = pageOf(provisioning.of(call, name), ({ qualifier }) => qualifier, input);
      return {
        ProvisionedConcurrencyConfigs: items.map((record) => ({
          FunctionArn: functionArn(call, name, record.qualifier),
          ...told(call, record),
        })),
        ...next,
      };
    },
  };
}

const unpublished = 'Provisioned Concurrency Configs cannot be applied to unpublished function versions.';
const neither = 'The function resource provided must be an alias or a published version.';
