import type { Call } from '../../../service/call.ts';
import { required } from '../../../service/required.ts';
import type { CloudFormationOperations } from '../client.ts';
import { invalid } from '../failures.ts';
import { pageOf } from '../page.ts';
import type { StackStore } from '../store.ts';
import { exportsOf, importersOf } from './exports.ts';

type Input<Name extends keyof CloudFormationOperations> = Parameters<
  NonNullable<CloudFormationOperations[Name]>
>[0];

/** `ListExports` and `ListImports`. */
export function exportOperations(store: StackStore) {
  return {
    ListExports({ NextToken }: Input<'ListExports'>, call: Call) {
      const { page, next } = pageOf(exportsOf(store, call), NextToken);
      return {
        Exports: page.map(({ name, value, stack }) => ({
          ExportingStackId: stack.id,
          Name: name,
          Value: value,
        })),
        ...next,
      };
    },
    ListImports(input: Input<'ListImports'>, call: Call) {
      const name = required(input.ExportName, 'ExportName');
      const users = importersOf(store, call, name);
      if (users.length === 0) throw invalid(`Export '${name}' is not imported by any stack.`);
      const { page, next } = pageOf(users, input.NextToken);
      return { Imports: [...page], ...next };
    },
  } satisfies CloudFormationOperations;
}
