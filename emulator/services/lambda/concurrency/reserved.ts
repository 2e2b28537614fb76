import type { Call, Scope } from '../../../service/call.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { constraintBroken, invalidParameter } from '../failures.ts';
import type { Functions } from '../functions/functions.ts';
import type { FunctionRecord } from '../functions/record.ts';
import { readFunctionName } from '../names/name.ts';
import { unzippedLimit, zippedLimit } from '../package/limits.ts';

/** How many environments an account can have at work in a region, and how many of them cannot be reserved. */
export const accountLimit = 1000;
const unreservedMinimum = 100;
/** 300 GB of packages (AWS Lambda quotas, 2026). */
const storageLimit = 322_122_547_200;

/** What is left for functions without a reservation. */
export function unreserved(functions: Functions, scope: Scope): number {
  let left = accountLimit;
  for (const { reserved = 0 } of functions.reservations(scope)) left -= reserved;
  return left;
}

type Concurrency =
  'PutFunctionConcurrency' | 'GetFunctionConcurrency' | 'DeleteFunctionConcurrency' | 'GetAccountSettings';

/** Reserved concurrency, and what an account has of everything. */
export function concurrencyOperations(context: LambdaContext): Required<Pick<LambdaOperations, Concurrency>> {
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
      if (unreserved(functions, call) + (record.reserved ?? 0) - reserved < unreservedMinimum) {
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
          UnreservedConcurrentExecutions: unreserved(functions, call),
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
