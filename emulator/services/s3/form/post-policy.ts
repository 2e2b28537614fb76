import { ServiceFailure } from '../../../service/failure.ts';

/** One condition of a POST policy. */
type Condition =
  | {
      readonly kind: 'eq' | 'starts-with';
      readonly field: string;
      readonly value: string;
      readonly shown: string;
    }
  | { readonly kind: 'length'; readonly least: number; readonly most: number; readonly shown: string };

/** A POST policy: what a form may say, and until when. */
export interface PostPolicy {
  /** ms since 1970, by the clock of whoever signed it */
  readonly expires: number;
  readonly conditions: readonly Condition[];
}

/**
 * Reads a policy. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html
 * @param text the field as sent: JSON in base64
 * @throws ServiceFailure `InvalidPolicyDocument`
 */
export function readPostPolicy(text: string): PostPolicy {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
  } catch {
    throw invalid('Invalid JSON.');
  }
  if (typeof document !== 'object' || document === null) throw invalid('Invalid JSON.');
  const { expiration, conditions } = document as { expiration?: unknown; conditions?: unknown };
  if (typeof expiration !== 'string') throw invalid('Policy missing expiration.');
  const expires = Date.parse(expiration);
  if (Number.isNaN(expires)) throw invalid(`Invalid 'expiration' value: '${expiration}'`);
  if (!Array.isArray(conditions)) throw invalid('Policy missing conditions.');
  return { expires, conditions: conditions.map(readCondition) };
}

function readCondition(given: unknown): Condition {
  if (Array.isArray(given)) {
    const [kind, first, second] = given as unknown[];
    const name = typeof kind === 'string' ? kind.toLowerCase() : '';
    const shown = `[${given.map((part) => JSON.stringify(String(part))).join(', ')}]`;
    if (name === 'content-length-range') {
      return { kind: 'length', least: Number(first), most: Number(second), shown };
    }
    if ((name !== 'eq' && name !== 'starts-with') || typeof first !== 'string') {
      throw invalid(`Invalid Condition: unknown operation '${name}'`);
    }
    // Recorded: a field without its dollar sign never matches.
    const field = first.startsWith('$') ? first.slice(1).toLowerCase() : '';
    return { kind: name, field, value: String(second), shown };
  }
  const members = typeof given === 'object' && given !== null ? Object.entries(given) : [];
  const [member] = members;
  if (member === undefined || members.length !== 1) {
    throw invalid('Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.');
  }
  const [field, value] = [member[0], String(member[1])];
  const shown = `["eq", ${JSON.stringify(`$${field}`)}, ${JSON.stringify(value)}]`;
  return { kind: 'eq', field: field.toLowerCase(), value, shown };
}

/* Fields that no condition need name. */
const free = /^(policy|x-amz-signature|signature|awsaccesskeyid|file|bucket|x-ignore-.*)$/;

/**
 * Holds a form against a policy.
 * @param fields by name in lower case, with `bucket`
 * @throws ServiceFailure in AWS's words
 */
export function checkForm(
  { conditions }: PostPolicy,
  fields: ReadonlyMap<string, string>,
  size: number,
): void {
  for (const condition of conditions) {
    if (condition.kind === 'length') checkLength(condition, size);
    else {
      const value = fields.get(condition.field) ?? '';
      const holds = condition.kind === 'eq' ? value === condition.value : value.startsWith(condition.value);
      if (!holds || condition.field === '') throw denied(`Policy Condition failed: ${condition.shown}`);
    }
  }
  const named = new Set(conditions.map((condition) => (condition.kind === 'length' ? '' : condition.field)));
  const extra = [...fields.keys()].filter((name) => !free.test(name) && !named.has(name));
  if (extra.length > 0) throw denied(`Extra input fields: ${extra.join(', ')}`);
}

function checkLength({ least, most, shown }: Condition & { readonly kind: 'length' }, size: number): void {
  if (Number.isNaN(least) || Number.isNaN(most)) throw denied(`Policy Condition failed: ${shown}`);
  if (size > most) {
    throw new ServiceFailure('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed size', {
      status: 400,
      members: { ProposedSize: size, MaxSizeAllowed: most },
    });
  }
  if (size < least) {
    throw new ServiceFailure(
      'EntityTooSmall',
      'Your proposed upload is smaller than the minimum allowed size',
      {
        status: 400,
        members: { ProposedSize: size, MinSizeAllowed: least },
      },
    );
  }
}

/** What a policy does not let a form do. */
export function denied(why: string): ServiceFailure {
  return new ServiceFailure('AccessDenied', `Invalid according to Policy: ${why}`, { status: 403 });
}

function invalid(why: string): ServiceFailure {
  return new ServiceFailure('InvalidPolicyDocument', `Invalid Policy: ${why}`, { status: 400 });
}
