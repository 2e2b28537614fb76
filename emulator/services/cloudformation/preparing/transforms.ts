import type { Scope } from '../../../service/call.ts';
import { expand } from '../language-extensions/expand.ts';
import { transform } from '../sam/transform.ts';
import { TemplateFailure } from '../template/failure.ts';
import type { ParameterValue, Pseudo } from '../values/context.ts';
import { without } from '../../../state/without.ts';

const SERVERLESS = 'AWS::Serverless-2016-10-31';
const LANGUAGE_EXTENSIONS = 'AWS::LanguageExtensions';

/** What transforms are run with. */
export interface TransformGiven {
  readonly scope: Scope;
  readonly parameters: ReadonlyMap<string, ParameterValue>;
  readonly pseudo: Pseudo;
}

/**
 * Runs a template's transforms, in the order in which it names them.
 * @param tree as `readTemplate` gave it
 * @throws TemplateFailure with the words of the transform that failed
 */
export async function transformed(
  tree: unknown,
  names: readonly string[],
  given: TransformGiven,
): Promise<Readonly<Record<string, unknown>>> {
  let now = tree;
  for (const name of names) {
    if (name === LANGUAGE_EXTENSIONS) now = expand(now, given);
    else if (name === SERVERLESS) now = await serverless(now, given);
    else throw new TemplateFailure(`No transform named ${name} found.`);
  }
  return without(now as Readonly<Record<string, unknown>>, 'Transform');
}

async function serverless(tree: unknown, { scope, parameters, pseudo }: TransformGiven): Promise<unknown> {
  const { managedByAws } = await import('../../iam/managed.ts');
  const answer = transform(tree, {
    region: scope.region,
    account: scope.account,
    partition: pseudo['AWS::Partition'],
    parameters: Object.fromEntries(
      [...parameters].map(([name, value]) => [name, typeof value === 'string' ? value : [...value]]),
    ),
    managedPolicies: Object.fromEntries([...managedByAws()].map(({ name, arn }) => [name, arn])),
  });
  if (!answer.ok) throw new TemplateFailure(`Transform ${SERVERLESS} failed with: ${answer.message}`);
  return answer.template;
}
