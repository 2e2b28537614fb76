import type { RequestHead } from '../http/exchange.ts';

/** What a request's SigV4 signature says of itself: nothing of it is believed yet. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly sessionToken: string | undefined;
  /** Parts of the credential scope. */
  readonly date: string;
  readonly region: string;
  readonly service: string;
  /** When it was signed, as in `20150830T123600Z`. */
  readonly signedAt: string;
  /** In lower case, as listed. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
  /** Present on presigned addresses: for how many seconds they are good. */
  readonly expires: number | undefined;
  /** `v2` is the old way to sign S3 addresses, which some tools still take by default. */
  readonly version: 'v4' | 'v2';
}

export type FoundCredentials =
  | { readonly kind: 'found'; readonly credentials: Credentials }
  | { readonly kind: 'none' }
  /** `where` the signature stood, because S3 tells the two apart. */
  | { readonly kind: 'malformed'; readonly where: 'header' | 'query'; readonly message: string };

const ALGORITHM = 'AWS4-HMAC-SHA256';
/** A region becomes part of ARNs and of keys in the state: this is what they are made of. */
const REGION = /^[a-z0-9-]{1,32}$/;

/** Finds the signature of a request, in its header or in a presigned address. */
export function findCredentials(head: RequestHead): FoundCredentials {
  const { authorization } = head.headers;
  if (authorization !== undefined) return inHeader(head, authorization);
  if (!/(?:^|&)(?:X-Amz-(?:Algorithm|Signature|Credential)|AWSAccessKeyId)=/i.test(head.query))
    return { kind: 'none' };
  const query = new URLSearchParams(head.query);
  return query.has('AWSAccessKeyId') ? oldPresigned(query) : presigned(query);
}

/* https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
function inHeader(head: RequestHead, authorization: string): FoundCredentials {
  const malformed = (message: string): FoundCredentials => ({ kind: 'malformed', where: 'header', message });
  const space = authorization.indexOf(' ');
  const algorithm = space === -1 ? authorization : authorization.slice(0, space);
  if (algorithm !== ALGORITHM) return malformed(`Unsupported AWS 'algorithm': '${algorithm.slice(0, 40)}'.`);

  const parameters = new Map<string, string>();
  for (const part of authorization.slice(space + 1).split(',')) {
    const equals = part.indexOf('=');
    if (equals === -1)
      return malformed(
        `'${part.trim().slice(0, 80)}' not a valid key=value pair (missing equal-sign) in Authorization header.`,
      );
    parameters.set(part.slice(0, equals).trim(), part.slice(equals + 1).trim());
  }
  const signedAt = head.headers['x-amz-date'] ?? compactDate(head.headers['date']);
  const missing = ['Credential', 'Signature', 'SignedHeaders']
    .filter((name) => (parameters.get(name) ?? '') === '')
    .map((name) => `Authorization header requires '${name}' parameter.`);
  if (signedAt === undefined)
    missing.push("Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.");
  if (missing.length > 0 || signedAt === undefined) return malformed(missing.join(' '));
  return found(
    {
      credential: parameters.get('Credential') ?? '',
      signature: parameters.get('Signature') ?? '',
      signedHeaders: parameters.get('SignedHeaders') ?? '',
      signedAt,
      sessionToken: head.headers['x-amz-security-token'],
      expires: undefined,
    },
    malformed,
  );
}

/* https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
function presigned(query: URLSearchParams): FoundCredentials {
  const malformed = (message: string): FoundCredentials => ({ kind: 'malformed', where: 'query', message });
  const of = (name: string): string => query.get(name) ?? '';
  const needed = ['Algorithm', 'Credential', 'Signature', 'Date', 'SignedHeaders', 'Expires'];
  if (needed.some((name) => of(`X-Amz-${name}`) === ''))
    return malformed(
      'Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.',
    );
  if (of('X-Amz-Algorithm') !== ALGORITHM)
    return malformed('X-Amz-Algorithm only supports "AWS4-HMAC-SHA256"');
  const expires = Number(of('X-Amz-Expires'));
  if (!Number.isInteger(expires)) return malformed('X-Amz-Expires should be a number');
  if (expires < 0) return malformed('X-Amz-Expires must be non-negative');
  if (expires > 604_800)
    return malformed(
      'X-Amz-Expires must be less than a week (in seconds) that is, given X-Amz-Expires must be less than 604800 seconds',
    );
  return found(
    {
      credential: of('X-Amz-Credential'),
      signature: of('X-Amz-Signature'),
      signedHeaders: of('X-Amz-SignedHeaders'),
      signedAt: of('X-Amz-Date'),
      sessionToken: query.get('X-Amz-Security-Token') ?? undefined,
      expires,
    },
    malformed,
  );
}

/* https://docs.aws.amazon.com/AmazonS3/latest/API/RESTAuthentication.html: no region, and an absolute end. */
function oldPresigned(query: URLSearchParams): FoundCredentials {
  const ends = Number(query.get('Expires') ?? NaN);
  const signature = query.get('Signature') ?? '';
  if (!Number.isInteger(ends) || signature === '')
    return {
      kind: 'malformed',
      where: 'query',
      message: 'Query-string authentication requires the Signature, Expires and AWSAccessKeyId parameters',
    };
  return {
    kind: 'found',
    credentials: {
      accessKeyId: query.get('AWSAccessKeyId') ?? '',
      sessionToken: query.get('x-amz-security-token') ?? undefined,
      date: '19700101',
      region: 'us-east-1',
      service: 's3',
      signedAt: '19700101T000000Z',
      signedHeaders: [],
      signature,
      expires: ends,
      version: 'v2',
    },
  };
}

function found(
  parts: {
    readonly credential: string;
    readonly signature: string;
    readonly signedHeaders: string;
    readonly signedAt: string;
    readonly sessionToken: string | undefined;
    readonly expires: number | undefined;
  },
  malformed: (message: string) => FoundCredentials,
): FoundCredentials {
  const [accessKeyId, date, region, service, end, more] = parts.credential.split('/');
  if (
    accessKeyId === undefined ||
    accessKeyId === '' ||
    date === undefined ||
    region === undefined ||
    service === undefined ||
    end === undefined ||
    more !== undefined
  )
    return malformed(
      `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${parts.credential.slice(0, 200)}'`,
    );
  if (end !== 'aws4_request')
    return malformed(
      `Credential should be scoped with a valid terminator: 'aws4_request', not '${end.slice(0, 40)}'.`,
    );
  if (!REGION.test(region)) return malformed('Credential should be scoped to a valid region.');
  if (!/^\d{8}T\d{6}Z$/.test(parts.signedAt))
    return malformed(`Date must be in ISO-8601 'basic format'. Got '${parts.signedAt.slice(0, 40)}'.`);
  if (parts.signedAt.slice(0, 8) !== date)
    return malformed(
      `Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '${date.slice(0, 40)}' != '${parts.signedAt.slice(0, 8)}', from '${parts.signedAt}'.`,
    );
  return {
    kind: 'found',
    credentials: {
      accessKeyId,
      sessionToken: parts.sessionToken,
      date,
      region,
      service,
      signedAt: parts.signedAt,
      signedHeaders: parts.signedHeaders.toLowerCase().split(';'),
      signature: parts.signature,
      expires: parts.expires,
      version: 'v4',
    },
  };
}

function compactDate(date: string | undefined): string | undefined {
  if (date === undefined) return undefined;
  const time = Date.parse(date);
  return Number.isNaN(time) ? undefined : basicDate(time);
}

/** A time in ms since 1970 as SigV4 writes it: `20150830T123600Z`. */
export function basicDate(time: number): string {
  return `${new Date(time).toISOString().replace(/[-:]/g, '').slice(0, 15)}Z`;
}
/** The reverse of {@link basicDate}; NaN where it names no time. */
export function basicTime(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
}
