import { MalformedPolicy, parsePolicy } from '../../policy/parse.ts';
import type { PolicyKind } from '../../policy/parse.ts';
import type { Policy } from '../../policy/policy.ts';
import { ServiceFailure } from '../../service/failure.ts';

/**
 * Reads a policy document that a request brings.
 * @throws ServiceFailure `MalformedPolicyDocument`
 */
export function accepted(document: string, kind: PolicyKind): Policy {
  try {
    return parsePolicy(document, kind);
  } catch (error) {
    if (error instanceof MalformedPolicy) {
      throw new ServiceFailure('MalformedPolicyDocumentException', error.message);
    }
    throw error;
  }
}

/** A document as IAM answers it: percent-encoded by RFC 3986. */
export function encoded(document: string): string {
  return encodeURIComponent(document).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** What counts against IAM's size quotas: white space outside of strings is free. */
export function countedSize(document: string): number {
  return JSON.stringify(JSON.parse(document)).length;
}

const parsed = new Map<string, Policy>();

/** A stored document, which was checked when it was stored; parsed once. */
export function stored(document: string, kind: PolicyKind): Policy {
  const key = `${kind}:${document}`;
  const known = parsed.get(key);
  if (known !== undefined) return known;
  const policy = parsePolicy(document, kind);
  // Roles of a class come and go; what is asked for again is parsed again.
  if (parsed.size >= 500) parsed.clear();
  parsed.set(key, policy);
  return policy;
}
