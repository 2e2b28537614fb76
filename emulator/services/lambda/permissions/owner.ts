import type { Call } from '../../../service/call.ts';
import { aliasNotFound } from '../aliases/aliases.ts';
import type { LambdaContext } from '../context.ts';
import { functionNotFound, invalidParameter } from '../failures.ts';
import { functionArn, readFunctionName } from '../names/name.ts';
import type { Statement } from './statement.ts';

/** What a policy belongs to: a function, a version or an alias. */
export interface PolicyOwner {
  readonly arn: string;
  readonly revisionId: string;
  readonly statements: readonly Statement[];
  replace(statements: readonly Statement[]): void;
}

/**
 * The owner of the policy that a call names.
 * @throws ServiceFailure where the function, version or alias is not there, and for `$LATEST`
 */
export function policyOwner(
  { functions, versions }: LambdaContext,
  call: Call,
  value: string | undefined,
  given: string | undefined,
): PolicyOwner {
  const { name, qualifier } = readFunctionName(value ?? '', call, given);
  const record = functions.find(call, name);
  if (record === undefined) throw functionNotFound(functionArn(call, name));
  const arn = functionArn(call, name, qualifier);
  if (qualifier === undefined) {
    return {
      arn,
      revisionId: record.revisionId,
      statements: record.statements,
      replace: (statements) => void functions.amend(call, record, { statements }),
    };
  }
  if (qualifier === '$LATEST') {
    throw invalidParameter('We currently do not support adding policies for $LATEST.');
  }
  const version = versions.find(call, name, qualifier);
  if (version !== undefined) {
    return {
      arn,
      revisionId: version.revisionId,
      statements: version.statements,
      replace: (statements) => versions.setStatements(call, version, statements),
    };
  }
  const alias = versions.findAlias(call, name, qualifier);
  if (alias !== undefined) {
    return {
      arn,
      revisionId: alias.revisionId,
      statements: alias.statements,
      replace: (statements) => void versions.setAlias(call, { ...alias, statements }),
    };
  }
  const couldBeAlias = /^(?!\d+$)[a-zA-Z0-9_-]+$/.test(qualifier);
  throw couldBeAlias ? aliasNotFound(call, name, qualifier) : functionNotFound(arn);
}
