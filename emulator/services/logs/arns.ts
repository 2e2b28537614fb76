import type { Scope } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { invalidParameter, noSuchGroup } from './failures.ts';
import type { GroupRow } from './rows.ts';
import type { LogStore } from './store.ts';

const GROUP_ARN = /^arn:aws[a-z-]*:logs:([a-z0-9-]+):(\d{12}):log-group:([^:*]+)$/;

/** `arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/hello`; the older form has `:*` behind it. */
export function groupArn({ account, region }: Scope, group: string): string {
  return `arn:aws:logs:${region}:${account}:log-group:${group}`;
}

export function streamArn(scope: Scope, group: string, stream: string): string {
  return `${groupArn(scope, group)}:log-stream:${stream}`;
}

/**
 * The group that an ARN names in a scope, or undefined if it names one of another account or region or is none.
 */
export function groupOfArn(scope: Scope, arn: string): string | undefined {
  const found = GROUP_ARN.exec(arn);
  return found?.[1] === scope.region && found[2] === scope.account ? found[3] : undefined;
}

/** The name that an identifier (a name or an ARN) stands for. */
export function groupOfIdentifier(scope: Scope, identifier: string): string {
  if (!identifier.startsWith('arn:')) return identifier;
  const name = groupOfArn(scope, identifier);
  if (name === undefined) throw noSuchGroup();
  return name;
}

/** The group that a request names in one of the two ways.
 * @throws ValidationException for both (as recorded), ResourceNotFoundException
 */
export function requestedGroup(
  store: LogStore,
  scope: Scope,
  request: {
    readonly logGroupName?: string | undefined;
    readonly logGroupIdentifier?: string | undefined;
  },
): GroupRow {
  const { logGroupName, logGroupIdentifier } = request;
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw new ServiceFailure(
      'ValidationException',
      'LogGroup name and LogGroup ARN are mutually exclusive parameters.',
    );
  if (logGroupName !== undefined) return store.group(scope, logGroupName);
  if (logGroupIdentifier === undefined)
    throw invalidParameter('Either logGroupName or logGroupIdentifier must be specified.');
  return store.group(scope, groupOfIdentifier(scope, logGroupIdentifier));
}

/** Of a class other than STANDARD, events can only be delivered or queried.
 * @throws InvalidParameterException, or InvalidOperationException where the operation models it
 */
export function requireReadable(row: GroupRow, operation: string, code = 'InvalidParameterException'): void {
  if (row.logGroupClass === 'INFREQUENT_ACCESS' || row.logGroupClass === 'DELIVERY')
    throw new ServiceFailure(
      code,
      `${operation} is not supported for log groups with the ${row.logGroupClass} log class.`,
    );
}
