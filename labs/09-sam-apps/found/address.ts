import type { Context } from '../checks/context.ts';
import type { FoundStack } from './stack.ts';

const executeApi = /^https?:\/\/([a-z0-9]+)\.execute-api\.[a-z0-9-]+\.[a-z.]+(\/.*)?$/;

/**
 * Where an API's address answers on this target. A template writes the one that it has on AWS; a cloud on one machine
 * has it at its own.
 */
function reachable(context: Context, address: string): string | undefined {
  const [, id, path = ''] = executeApi.exec(address) ?? [];
  if (id === undefined) return undefined;
  return `${context.apiUrl(id, '').replace(/\/$/, '')}${path}`.replace(/\/$/, '');
}

/** The stack's output that holds an API's address: the one of this name, otherwise the first. */
export function addressIn(
  context: Context,
  { outputs, name }: Pick<FoundStack, 'outputs' | 'name'>,
  wished: string,
): string {
  const values = [outputs[wished] ?? '', ...Object.values(outputs)];
  const found = values.map((value) => reachable(context, value)).find((address) => address !== undefined);
  if (found === undefined)
    return context.fail({
      ...context.text.stack.noAddress(name, wished),
      expected: wished,
      actual: Object.keys(outputs).join(', '),
    });
  return found;
}
