import type { Principal, Scope } from '../../../service/call.ts';
import { accessDenied, constraintBroken, constraintText, invalidParameter, notFound } from '../failures.ts';

/** A function as a call names it. */
export interface FunctionReference {
  readonly name: string;
  /** `$LATEST`, a version number or an alias; undefined where the call named none. */
  readonly qualifier: string | undefined;
}

/** What is needed of a call to read a function's name in it. */
export interface NamingCall extends Scope {
  readonly operation: string;
  readonly principal?: Principal;
}

/* The pattern as AWS prints it in its errors (recorded); operations that read a function also allow a dot. */
const printedPattern = (extra: string, latest: string): string =>
  `(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?([a-zA-Z0-9-_${extra}]+)(:(\\$LATEST${latest}|[a-zA-Z0-9-_]+))?`;

const parts =
  /^(?:arn:aws[a-zA-Z-]*:lambda:)?(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9_.-]+)(?::(?<qualifier>\$LATEST|[a-zA-Z0-9_-]+))?$/;

const qualifierPattern = /^(?:\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9_$-]+)$/;

/* Operations whose model takes the wider name (botocore: NamespacedFunctionName). */
const readers = new Set([
  'AddPermission',
  'GetFunction',
  'GetFunctionConfiguration',
  'GetPolicy',
  'Invoke',
  'InvokeAsync',
  'InvokeWithResponseStream',
  'ListVersionsByFunction',
  'RemovePermission',
]);

/**
 * Reads a function's name: a name, a partial ARN or an ARN, each with or without a qualifier. A qualifier of
 * its own wins over the name's (recorded: test_ops_with_arn_qualifier_mismatch).
 *
 * @throws ServiceFailure for what is no name, and for an ARN of another region or account
 */
export function readFunctionName(value: string, call: NamingCall, qualifier?: string): FunctionReference {
  const wide = readers.has(call.operation);
  const longest = wide ? 256 : 140;
  const match = parts.exec(value);
  const named = match?.groups?.['name'];
  if (named === undefined || (!wide && named.includes('.'))) {
    const pattern = wide ? printedPattern('\\.', '(\\.PUBLISHED)?') : printedPattern('', '');
    throw constraintBroken(
      value,
      'functionName',
      `Member must satisfy regular expression pattern: ${pattern}`,
    );
  }
  if (value.length > longest) {
    throw constraintBroken(value, 'functionName', `Member must have length less than or equal to ${longest}`);
  }
  if (qualifier !== undefined && !qualifierPattern.test(qualifier)) {
    throw constraintBroken(
      qualifier,
      'qualifier',
      'Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+',
    );
  }
  const { region, account } = match?.groups ?? {};
  if (region !== undefined && region !== call.region) {
    throw notFound(`Functions from '${region}' are not reachable in this region ('${call.region}')`);
  }
  if (account !== undefined && account !== call.account) {
    const action = `lambda:${call.operation.startsWith('Invoke') ? 'InvokeFunction' : call.operation}`;
    const arn = functionArn({ account, region: call.region }, named);
    throw accessDenied(
      `User: ${call.principal?.arn ?? `arn:aws:iam::${call.account}:root`} is not authorized to perform: ${action} on resource: ${arn} because no resource-based policy allows the ${action} action`,
    );
  }
  return { name: named, qualifier: qualifier ?? match?.groups?.['qualifier'] };
}

/**
 * Reads the name a new function shall have.
 * @throws ServiceFailure as {@link readFunctionName}, for more than 64 characters, and for a qualifier
 */
export function readNewFunctionName(value: string, call: NamingCall): string {
  const { name, qualifier } = readFunctionName(value, call);
  if (name.length > 64) {
    const text = constraintText(value, 'functionName', 'Member must have length less than or equal to 64');
    throw invalidParameter(text);
  }
  if (qualifier !== undefined) {
    throw invalidParameter(
      'Functions cannot be created with a qualifier: specify a name or an unqualified ARN.',
    );
  }
  return name;
}

/** Account and region of a call, and nothing else of it. */
export const scopeOf = ({ account, region }: Scope): Scope => ({ account, region });

/** A function's ARN; with a qualifier where one is given. */
export function functionArn(scope: Scope, name: string, qualifier?: string): string {
  const arn = `arn:aws:lambda:${scope.region}:${scope.account}:function:${name}`;
  return qualifier === undefined ? arn : `${arn}:${qualifier}`;
}
