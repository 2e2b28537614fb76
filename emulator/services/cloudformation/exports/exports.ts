import type { Scope } from '../../../service/call.ts';
import type { OutputRow, StackRow } from '../rows.ts';
import type { StackStore } from '../store.ts';

/** An output that other stacks may use, and whose it is. */
export interface Export {
  readonly name: string;
  readonly value: string;
  readonly stack: StackRow;
}

/** The exports of an account and region, in order of their names. */
export function exportsOf(store: StackStore, scope: Scope): Export[] {
  return store
    .stacks(scope)
    .filter(({ status }) => status !== 'DELETE_COMPLETE')
    .flatMap((stack) =>
      stack.outputs.flatMap(({ exportName, value }) =>
        exportName === undefined ? [] : [{ name: exportName, value, stack }],
      ),
    )
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The value of an export, or undefined. */
export function exported(store: StackStore, scope: Scope, name: string): string | undefined {
  return exportsOf(store, scope).find((one) => one.name === name)?.value;
}

/** Names of the stacks that use an export. */
export function importersOf(store: StackStore, scope: Scope, name: string): string[] {
  return store
    .stacks(scope)
    .filter(({ status, imports }) => status !== 'DELETE_COMPLETE' && imports.includes(name))
    .map((stack) => stack.name);
}

/** Why a stack may not have these outputs in place of its own, as CloudFormation words it; undefined: it may. */
export function whyNotExported(
  store: StackStore,
  scope: Scope,
  stack: StackRow,
  outputs: readonly OutputRow[],
): string | undefined {
  for (const { exportName } of outputs) {
    const other = exportsOf(store, scope).find(
      ({ name, stack: { id } }) => name === exportName && id !== stack.id,
    );
    if (other !== undefined)
      return `Export with name ${other.name} is already exported by stack ${other.stack.name}.`;
  }
  for (const { exportName, value } of stack.outputs) {
    if (exportName === undefined) continue;
    const now = outputs.find((output) => output.exportName === exportName);
    if (now?.value === value) continue;
    const users = importersOf(store, scope, exportName).filter((name) => name !== stack.name);
    if (users.length > 0)
      return `Export ${exportName} cannot be ${now === undefined ? 'deleted' : 'updated'} as it is in use by ${users.join(', ')}`;
  }
  return undefined;
}
