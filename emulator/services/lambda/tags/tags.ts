import type { Call } from '../../../service/call.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { constraintBroken, functionNotFound, invalidParameter, notBuilt, notFound } from '../failures.ts';
import { functionArn, readFunctionName } from '../names/name.ts';

type Tags = Readonly<Record<string, string>>;
const mostTags = 50;

/**
 * Adds tags to those that are there.
 * @throws ServiceFailure for more than 50, too long ones and AWS's own prefix, which services alone may use
 */
export function checkTags({ inner }: Pick<Call, 'inner'>, added: Tags, before: Tags): Tags {
  for (const [key, value] of Object.entries(added)) {
    if (key.toLowerCase().startsWith('aws:') && inner !== true) {
      throw invalidParameter('aws: prefixed tag key names are not allowed for external use.');
    }
    if (key.length === 0 || key.length > 128 || value.length > 256) {
      throw invalidParameter('Tag keys have 1 to 128 characters, tag values 256 at most.');
    }
  }
  const all = { ...before, ...added };
  if (Object.keys(all).filter((key) => !key.startsWith('aws:')).length > mostTags) {
    throw invalidParameter('Number of tags exceeds resource tag limit.');
  }
  return all;
}

/** What can have tags. */
interface Tagged {
  readonly tags: Tags;
  set(tags: Tags): void;
}

/** `TagResource`, `UntagResource` and `ListTags`, for functions and event source mappings. */
export function tagOperations(
  context: LambdaContext,
): Required<Pick<LambdaOperations, 'TagResource' | 'UntagResource' | 'ListTags'>> {
  const { functions, mappings } = context;
  const taggable = (arn: string, call: Call): Tagged => {
    const mapping = mappingOfArn(arn, call);
    if (mapping !== undefined) {
      const record = mappings.find(call, mapping);
      if (record === undefined) throw notFound(`Event source mapping not found: ${arn}`);
      return { tags: record.tags, set: (tags) => mappings.amend(call, record.uuid, { tags }) };
    }
    const name = functionOfArn(arn, call);
    const record = functions.find(call, name);
    if (record === undefined) throw functionNotFound(functionArn(call, name));
    return { tags: record.tags, set: (tags) => void functions.amend(call, record, { tags }) };
  };
  return {
    TagResource(input, call) {
      const record = taggable(input.Resource ?? '', call);
      const added = input.Tags ?? {};
      if (Object.keys(added).length === 0) {
        throw invalidParameter('An error occurred and the request cannot be processed.');
      }
      record.set(checkTags(call, added, record.tags));
      return {};
    },
    UntagResource(input, call) {
      const record = taggable(input.Resource ?? '', call);
      const removed = new Set(input.TagKeys ?? []);
      const left = Object.entries(record.tags).filter(([key]) => !removed.has(key));
      record.set(Object.fromEntries(left));
      return {};
    },
    ListTags(input, call) {
      return { Tags: taggable(input.Resource ?? '', call).tags };
    },
  };
}

const resourcePattern =
  'arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:\\d{12}:(function:[a-zA-Z0-9-_]+(:(\\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)';

/* The UUID of a mapping's ARN of this account and region; undefined for other ARNs. */
function mappingOfArn(arn: string, { account, region }: Call): string | undefined {
  const own = `:${region}:${account}:event-source-mapping:`;
  const at = arn.indexOf(own);
  return at < 0 ? undefined : arn.slice(at + own.length);
}

function functionOfArn(arn: string, call: Call): string {
  if (!new RegExp(`^(?:${resourcePattern})$`).test(arn)) {
    throw constraintBroken(
      arn,
      'resource',
      `Member must satisfy regular expression pattern: ${resourcePattern}`,
    );
  }
  if (!arn.includes(':function:')) throw notBuilt('tags on anything but functions and event source mappings');
  const { name, qualifier } = readFunctionName(arn, call);
  if (qualifier !== undefined) {
    throw invalidParameter(
      'Tags on function aliases and versions are not supported. Please specify a function ARN.',
    );
  }
  return name;
}
