import type { PutParameterRequest } from '@aws-sdk/client-ssm';
import type { Call } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { required } from '../../../service/required.ts';
import { invalid, notBuilt } from '../failures.ts';
import { checkName } from '../names.ts';
import type { ParameterRow, VersionRow } from '../rows.ts';
import type { ParameterStore } from '../store.ts';
import { withTags } from '../tags.ts';
import { checkPattern } from './pattern.ts';
import { tierOf } from './tier.ts';

const MOST_PARAMETERS = 10_000;
const MOST_VERSIONS = 100;
const DEFAULT_KEY = 'alias/aws/ssm';

/** Makes a parameter, or a new version of one. @throws ServiceFailure in AWS's words */
export function putParameter(store: ParameterStore, input: PutParameterRequest, call: Call) {
  const name = required(input.Name, 'Name');
  const value = required(input.Value, 'Value');
  checkName(call, name);
  checkRequest(input, value);
  const before = store.parameter(call, name);
  if (before !== undefined && input.Overwrite !== true)
    throw new ServiceFailure(
      'ParameterAlreadyExists',
      'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
    );
  const type = input.Type ?? before?.type;
  if (type === undefined) throw invalid('A parameter type is required when you create a parameter.');
  if (before !== undefined && before.type !== type)
    throw new ServiceFailure(
      'HierarchyTypeMismatchException',
      "Parameter Store does not support changing a parameter type in a hierarchy. For example, you can't change a " +
        'parameter from a String type to a SecureString type. You must create a new, unique parameter.',
    );
  if (before === undefined && store.count(call) >= MOST_PARAMETERS)
    throw new ServiceFailure(
      'ParameterLimitExceeded',
      'You have exceeded the number of parameters for this AWS account. Delete one or more parameters and try again.',
    );
  if (input.AllowedPattern !== undefined && input.AllowedPattern !== '')
    checkPattern(input.AllowedPattern, value);
  const last = before === undefined ? undefined : store.latest(call, before);
  const tier = tierOf(input.Tier, last?.tier, value);
  const version = (before?.latest ?? 0) + 1;
  const oldest = before === undefined ? 1 : roomBefore(store, call, before);
  const description = input.Description ?? last?.description;
  const keyId = type === 'SecureString' ? (input.KeyId ?? last?.keyId ?? DEFAULT_KEY) : undefined;
  const at: VersionRow = {
    version,
    value,
    modified: store.cloud.clock.now(),
    user: call.principal.arn,
    tier,
    dataType: input.DataType ?? last?.dataType ?? 'text',
    labels: [],
    ...(description !== undefined && description !== '' && { description }),
    ...(keyId !== undefined && { keyId }),
    ...(input.AllowedPattern !== undefined &&
      input.AllowedPattern !== '' && { allowedPattern: input.AllowedPattern }),
  };
  const tags = withTags(before?.tags ?? {}, input.Tags ?? []);
  store.setVersion(call, name, at);
  store.set(call, { name, type, oldest, latest: version, tags });
  return { Version: version, Tier: tier };
}

/** @throws ValidationException in AWS's words, or for what is not built */
function checkRequest(input: PutParameterRequest, value: string): void {
  if (value === '')
    throw invalid(
      "1 validation error detected: Value '' at 'value' failed to satisfy constraint: Member must have length greater than or equal to 1.",
    );
  if (value.includes('{{') && value.includes('}}'))
    throw invalid('Parameter value can\'t nest another parameter. Do not use "{{}}" in the value.');
  if (input.Overwrite === true && (input.Tags ?? []).length > 0)
    throw invalid(
      "Invalid request: tags and overwrite can't be used together. To create a parameter with tags, please remove " +
        'overwrite flag. To update tags for an existing parameter, please use AddTagsToResource or ' +
        'RemoveTagsFromResource.',
    );
  if (input.Policies !== undefined && !/^\s*(\[\s*\]|\{\s*\})\s*$/.test(input.Policies))
    throw notBuilt('parameter policies');
  if (input.DataType !== undefined && input.DataType !== '' && input.DataType !== 'text')
    throw notBuilt(`parameters of the data type ${input.DataType}`);
}

/* A parameter keeps a hundred versions; one with a label is not dropped for a new one. */
function roomBefore(store: ParameterStore, call: Call, before: ParameterRow): number {
  if (before.latest - before.oldest + 1 < MOST_VERSIONS) return before.oldest;
  const [oldest] = store.versions(call, before);
  if (oldest !== undefined && oldest.labels.length > 0)
    throw new ServiceFailure(
      'ParameterMaxVersionLimitExceeded',
      `You attempted to create a new version of ${before.name} by calling the PutParameter API with the overwrite ` +
        `flag. Version ${oldest.version}, the oldest version, can't be deleted because it has a label associated ` +
        'with it. Move the label to another version of the parameter, and try again.',
    );
  store.deleteVersion(call, before.name, before.oldest);
  return before.oldest + 1;
}
