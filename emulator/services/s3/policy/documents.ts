import { MalformedPolicy, parsePolicy } from '../../../policy/parse.ts';
import { matches, pattern } from '../../../policy/pattern.ts';
import type { Policy } from '../../../policy/policy.ts';
import { ServiceFailure } from '../../../service/failure.ts';

const mostBytes = 20 * 1024;

/**
 * Reads and checks a bucket's policy.
 * @throws ServiceFailure `MalformedPolicy`, `PolicyTooLarge`
 */
export function readBucketPolicy(bucket: string, text: string): Policy {
  if (Buffer.byteLength(text) > mostBytes) {
    throw new ServiceFailure(
      'PolicyTooLarge',
      'Normalized policy document exceeds the maximum allowed size of 20480 bytes.',
      { status: 400 },
    );
  }
  let policy: Policy;
  try {
    policy = parsePolicy(text, 'resource');
  } catch (error) {
    if (error instanceof MalformedPolicy) throw malformed(error.message);
    throw error;
  }
  for (const { actions, resources, principals } of policy.statements) {
    if (actions.elements.some((action) => !/^(\*|s3:.+)$/i.test(action))) {
      throw malformed('Policy has invalid action');
    }
    if ((principals?.elements ?? []).some(({ type, value }) => type === 'AWS' && !isPrincipal(value))) {
      throw malformed('Invalid principal in policy');
    }
    if ((resources?.elements ?? []).some((resource) => !isOf(bucket, resource))) {
      throw malformed('Policy has invalid resource');
    }
    const named = resources?.elements ?? [];
    if (resources?.negated === false && actions.elements.some((action) => !fits(action, named))) {
      throw malformed('Action does not apply to any resource(s) in statement');
    }
  }
  return policy;
}

function isPrincipal(value: string): boolean {
  return (
    value === '*' ||
    /^\d{12}$/.test(value) ||
    /^(AIDA|AROA)[A-Z0-9]{8,}$/.test(value) ||
    /^arn:aws[\w-]*:(iam|sts)::\d{12}:\S+$/.test(value)
  );
}

/* The bucket itself or objects of it; its name may be written with wildcards. */
function isOf(bucket: string, resource: string): boolean {
  const parts = /^arn:aws[\w-]*:s3:::(.+)$/.exec(resource);
  if (parts === null) return resource === '*';
  const [name = ''] = (parts[1] ?? '').split('/');
  return matches(pattern(name), bucket);
}

const ofObjects = /^s3:(\w*Object(?!Lock)\w*|ListMultipartUploadParts|AbortMultipartUpload)$/i;

/* An action of objects against the bucket alone, or the reverse, could never match. */
function fits(action: string, resources: readonly string[]): boolean {
  if (/[*?]/.test(action)) return true;
  const objects = resources.some((resource) => resource.includes('/') || resource.endsWith('*'));
  const bucket = resources.some((resource) => resource === '*' || !resource.includes('/'));
  return ofObjects.test(action) ? objects : bucket;
}

function malformed(message: string): ServiceFailure {
  return new ServiceFailure('MalformedPolicy', message, { status: 400 });
}

/** Policies by their text: the same few are asked again for every request. */
const parsed = new Map<string, Policy>();

/** A policy that was checked when it was put. */
export function parsedPolicy(text: string): Policy {
  const known = parsed.get(text);
  if (known !== undefined) return known;
  const policy = parsePolicy(text, 'resource');
  if (parsed.size >= 500) parsed.clear();
  parsed.set(text, policy);
  return policy;
}
