import type { LambdaContext, LambdaOperations } from '../context.ts';
import { readFunctionName } from '../names/name.ts';

/** `PutFunctionRecursionConfig` and `GetFunctionRecursionConfig`. */
export function recursionOperations({
  functions,
}: LambdaContext): Required<
  Pick<LambdaOperations, 'PutFunctionRecursionConfig' | 'GetFunctionRecursionConfig'>
> {
  return {
    PutFunctionRecursionConfig(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      const record = functions.get(call, { name, qualifier: undefined });
      const recursiveLoop = input.RecursiveLoop === 'Allow' ? 'Allow' : 'Terminate';
      functions.amend(call, record, { recursiveLoop });
      return { RecursiveLoop: recursiveLoop };
    },
    GetFunctionRecursionConfig(input, call) {
      const { name } = readFunctionName(input.FunctionName ?? '', call);
      return {
        RecursiveLoop: functions.get(call, { name, qualifier: undefined }).recursiveLoop ?? 'Terminate',
      };
    },
  };
}
