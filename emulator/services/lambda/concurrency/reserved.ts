import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { constraintBroken, invalidParameter } from '../failures.ts';
import type { FunctionRecord } from '../functions/record.ts';
import { readFunctionName } from '../names/name.ts';
import { unzippedLimit, zippedLimit } from '../package/limits.ts';
import { accountLimit, unreserved, unreservedMinimum } from './account.ts';
import type { Provisioning } from './provisioning.ts';

/** 300 GB of packages (AWS Lambda quotas, 2026). */
const storageLimit = 322_122_547_200;

type Concurrency =
  'PutFunctionConcurrency' | 'GetFunctionConcurrency' | 'DeleteFunctionConcurrency' | 'GetAccountSettings';

/** Reserved concurrency, and what an account has of everything. */
export function concurrencyOperations(
  context: LambdaContext,
  provisioning: Provisioning,
): Required<Pick<LambdaOperations, Concurrency>> {
  const { functions, versions } = context;
  const named = (call: Call, value: string | undefined): FunctionRecord => {
    const { name, qualifier } = readFunctionName(value ?? '', call);
    if (qualifier !== undefined && qualifier !== '$LATEST') {
      throw invalidParameter(
        'This operation is permitted on Lambda functions only. Aliases and versions do not support this operation. Please specify either a function name or an unqualified function ARN.',
      );
    }
    // AWS names $LATEST where the function is not there (recorded: test_function_concurrency_exceptions).
    return functions.get(call, { name, qualifier: '$LATEST' });
  };
  return {
    PutFunctionConcurrency(input, call) {
      const record = named(call, input.FunctionName);
      const reserved = input.ReservedConcurrentExecutions ?? 0;
      if (reserved < 0) {
        throw constraintBroken(
          String(reserved),
          'reservedConcurrentExecutions',
          'Member must have value greater than or equal to 0',
        );
      }
      const provisioned = provisioning.total(call, record.name);
      if (reserved < provisioned) {
        // With both spaces, and without a type (recorded: test_reserved_provisioned_overlap).
        throw new ServiceFailure(
          'InvalidParameterValueException',
          ` ReservedConcurrentExecutions  ${reserved} should not be lower than function's total provisioned concurrency [${provisioned}].`,
        );
      }
      // What the function takes now is given back first.
      const own = record.reserved ?? provisioned;
      if (unreserved(functions, provisioning, call) + own - reserved < unreservedMinimum) {
        throw invalidParameter(
          `Specified ReservedConcurrentExecutions for function decreases account's UnreservedConcurrentExecution below its minimum value of [${unreservedMinimum}].`,
        );
      }
      functions.amend(call, record, { reserved });
      return { ReservedConcurrentExecutions: reserved };
    },
    GetFunctionConcurrency(input, call) {
      const { reserved } = named(call, input.FunctionName);
      return reserved === undefined ? {} : { ReservedConcurrentExecutions: reserved };
    },
    DeleteFunctionConcurrency(input, call) {
      functions.amend(call, named(call, input.FunctionName), { reserved: undefined });
      return {};
    },
    GetAccountSettings(_input, call) {
      const all = functions.list(call);
      return {
        AccountLimit: {
          TotalCodeSize: storageLimit,
          CodeSizeUnzipped: unzippedLimit,
          CodeSizeZipped: zippedLimit,
          ConcurrentExecutions: accountLimit,
          UnreservedConcurrentExecutions: unreserved(functions, provisioning, call),
        },
        AccountUsage: {
          TotalCodeSize: [...all, ...versions.all(call)].reduce(
            (sum, { deployment }) => sum + deployment.settings.code.size,
            0,
          ),
          FunctionCount: all.length,
        },
      };
    },
  };
}
