import type { AuthorizerDefinition } from '../../definition/definition.ts';
import { valueOf } from '../mapping/expression.ts';
import type { Passage } from '../passage.ts';

/** The value of each identity source of an authorizer, `undefined` where one is missing. */
export function identityOf(
  { IdentitySource = [] }: AuthorizerDefinition,
  passage: Passage,
): readonly (string | undefined)[] {
  return IdentitySource.map((source) => {
    const value = valueOf(source, passage);
    return value === '' ? undefined : value;
  });
}
