import type { Scope } from '../../../service/call.ts';
import { validationError } from '../failures.ts';
import type { AlarmActions } from './rows.ts';

const MOST_TAGS = 50;

interface RequestedActions {
  readonly OKActions?: string[] | undefined;
  readonly AlarmActions?: string[] | undefined;
  readonly InsufficientDataActions?: string[] | undefined;
}

/** @throws ValidationException for what is no ARN, or of another region */
export function readActions(scope: Scope, requested: RequestedActions): AlarmActions {
  const { OKActions = [], AlarmActions: alarm = [], InsufficientDataActions = [] } = requested;
  for (const arn of [...OKActions, ...alarm, ...InsufficientDataActions]) {
    const [head, , service, region] = arn.split(':');
    if (head !== 'arn' || service === undefined || region === undefined || service === '')
      throw validationError(`Invalid arn syntax: ${arn}`);
    if (service === 'sns' && region !== scope.region)
      throw validationError(`Invalid region ${region} specified. Only ${scope.region} is supported.`);
  }
  return { OK: OKActions, ALARM: alarm, INSUFFICIENT_DATA: InsufficientDataActions };
}

/** @throws ValidationException */
export function readTags(
  tags: readonly { readonly Key?: string | undefined; readonly Value?: string | undefined }[] | undefined,
): Record<string, string> {
  const read: Record<string, string> = {};
  for (const { Key = '', Value = '' } of tags ?? []) {
    if (/^aws:/i.test(Key)) throw validationError('Tag keys that begin with aws: are reserved.');
    read[Key] = Value;
  }
  if (Object.keys(read).length > MOST_TAGS)
    throw validationError(`A resource can have no more than ${MOST_TAGS} tags.`);
  return read;
}
