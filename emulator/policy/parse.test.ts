import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedPolicy, parsePolicy } from './parse.ts';
import type { PolicyKind } from './parse.ts';

const statement = { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' };
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const document = (one: object, more: object = {}) =>
  JSON.stringify({ Version: '2012-10-17', Statement: [one], ...more });

const refused: [kind: PolicyKind, text: string, message: string][] = [
  ['identity', '{', 'Syntax errors in policy.'],
  ['identity', '[]', 'Syntax errors in policy.'],
  ['identity', '{"Version":"2012-10-17"}', 'Syntax errors in policy.'],
  ['identity', document(statement, { Version: '2013-01-01' }), 'Syntax errors in policy.'],
  ['identity', document({ ...statement, Effect: 'allow' }), 'Syntax errors in policy.'],
  ['identity', document({ ...statement, Colour: 'red' }), 'Syntax errors in policy.'],
  ['identity', document({ ...statement, Condition: { Looks: { a: 'b' } } }), 'Syntax errors in policy.'],
  [
    'identity',
    document({ ...statement, Condition: { NullIfExists: { a: 'b' } } }),
    'Syntax errors in policy.',
  ],
  ['identity', document({ ...statement, NotAction: 's3:*' }), 'Syntax errors in policy.'],
  [
    'identity',
    document(statement, { Version: '2008-10-17' }),
    'Policy document must be version 2012-10-17 or greater.',
  ],
  ['identity', document({ ...statement, Principal: '*' }), 'Policy document should not specify a principal.'],
  ['identity', document({ Effect: 'Allow', Resource: '*' }), 'Policy statement must contain actions.'],
  ['identity', document({ ...statement, Action: [] }), 'Policy statement must contain actions.'],
  ['identity', document({ Effect: 'Allow', Action: 's3:*' }), 'Policy statement must contain resources.'],
  [
    'identity',
    document({ ...statement, Action: 'GetObject' }),
    'Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.',
  ],
  [
    'identity',
    document({ ...statement, Action: 's3:Get:Object' }),
    'Actions/Condition can contain only one colon.',
  ],
  ['identity', document({ ...statement, Action: 's 3:GetObject' }), 'Vendor s 3 is not valid'],
  [
    'identity',
    document({ ...statement, Resource: 'bucket' }),
    'Resource bucket must be in ARN format or "*".',
  ],
  [
    'identity',
    document({ ...statement, Resource: 'arn:gcp:s3:::b' }),
    'Partition "gcp" is not valid for resource "arn:gcp:s3:::b".',
  ],
  [
    'identity',
    JSON.stringify({
      Version: '2012-10-17',
      Statement: [
        { ...statement, Sid: 'a' },
        { ...statement, Sid: 'a' },
      ],
    }),
    'Statement IDs (SID) in a single policy must be unique.',
  ],
  ['trust', 'this is no json', 'This policy contains invalid Json'],
  ['trust', '{"Version":"2012-10-17"}', 'Missing required field Statement'],
  ['trust', document({ ...trust, Effect: 'Maybe' }), 'Invalid effect: Maybe'],
  ['trust', document({ ...trust, Resource: '*' }), 'Has prohibited field Resource'],
  ['trust', document({ ...trust, Principal: undefined }), 'Missing required field Principal'],
  ['trust', document({ ...trust, Action: undefined }), 'Missing required field Action'],
  [
    'trust',
    document({ ...trust, Action: '*' }),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
  [
    'trust',
    document({ ...trust, Action: 'lambda:InvokeFunction' }),
    'AssumeRole policy may only specify STS AssumeRole actions.',
  ],
  [
    'trust',
    document({ ...trust, Principal: { Service: 'lambda' } }),
    'Invalid principal in policy: "SERVICE":"lambda"',
  ],
  ['trust', document({ ...trust, Principal: { AWS: 'me' } }), 'Invalid principal in policy: "AWS":"me"'],
  ['resource', 'x', "Policies must be valid JSON and the first byte must be '{'"],
  ['resource', '{}', 'Missing required field Statement'],
  ['resource', document(statement), 'Missing required field Principal'],
  [
    'resource',
    document({ ...statement, Principal: 'lambda.amazonaws.com' }),
    'Invalid principal in policy: "STRING":"lambda.amazonaws.com"',
  ],
];

describe('parsePolicy', () => {
  it.each(refused)('%s %s', (kind, text, message) => {
    expect(() => parsePolicy(text, kind)).toThrow(new MalformedPolicy(message));
  });

  it('reads one statement and one value as a list of one', () => {
    const policy = parsePolicy(
      JSON.stringify({ Version: '2012-10-17', Id: 'p', Statement: statement }),
      'identity',
    );
    expect(policy).toEqual({
      version: '2012-10-17',
      id: 'p',
      statements: [
        {
          sid: undefined,
          effect: 'Allow',
          principals: undefined,
          actions: { negated: false, elements: ['s3:GetObject'] },
          resources: { negated: false, elements: ['*'] },
          conditions: [],
        },
      ],
    });
  });

  it('reads the old language where AWS does: trust, resource and authorizer policies', () => {
    expect(parsePolicy(JSON.stringify({ Statement: trust }), 'trust').version).toBe('2008-10-17');
    expect(parsePolicy(JSON.stringify({ Statement: statement }), 'authorizer').version).toBe('2008-10-17');
  });

  it('says Malformed of any other JSON, and nothing else', () => {
    const kinds = fc.constantFrom<PolicyKind>('identity', 'trust', 'resource', 'authorizer');
    const field = fc.oneof(fc.jsonValue(), fc.constantFrom('Allow', '*', 's3:GetObject', { AWS: '*' }));
    const statements = fc.record(
      { Effect: field, Action: field, Resource: field, Principal: field, Condition: field, Sid: field },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(kinds, fc.oneof(statements, fc.jsonValue()), field, (kind, one, version) => {
        try {
          parsePolicy(JSON.stringify({ Version: version, Statement: one }), kind);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPolicy);
        }
      }),
      { numRuns: 500 },
    );
  });
});

it.each([{}, { Version: '2008-10-17' }])(
  'takes a policy of a role itself without the newer version: %j',
  (version) => {
    const json = JSON.stringify({
      ...version,
      Statement: { Effect: 'Allow', Action: 's3:GetObject', Resource: '*' },
    });
    expect(parsePolicy(json, 'inline').version).toBe('2008-10-17');
    expect(() => parsePolicy(json, 'identity')).toThrow('version 2012-10-17 or greater');
  },
);
