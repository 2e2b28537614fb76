import type { Call } from '../../service/call.ts';
import type { CloudFormationOperations } from './client.ts';
import { invalid } from './failures.ts';
import { TemplateFailure } from './template/failure.ts';
import { UnreadableTemplate } from './template/read.ts';

type Run = (input: never, call: Call) => unknown;

/** The operations, where what is wrong with a template is answered as `ValidationError`. */
export function worded<Table extends CloudFormationOperations>(operations: Table): Table {
  const entries = Object.entries(operations as Readonly<Record<string, Run>>).map(([name, run]) => [
    name,
    async (input: never, call: Call) => {
      try {
        return await run(input, call);
      } catch (error) {
        if (error instanceof TemplateFailure || error instanceof UnreadableTemplate)
          throw invalid(error.message);
        throw error;
      }
    },
  ]);
  return Object.fromEntries(entries) as Table;
}
