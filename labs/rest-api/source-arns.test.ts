import { describe, expect, it } from 'vitest';
import { admissionsOf } from './source-arns.ts';

describe('whom a function lets in', () => {
  const statement = { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'f' };
  const gateway = { Service: 'apigateway.amazonaws.com' };
  const found = (over: object) =>
    admissionsOf(JSON.stringify({ Statement: [{ ...statement, ...over }] })).map(
      ({ everybody, sources }) => ({
        everybody,
        sources,
      }),
    );

  it.each<[object, object[]]>([
    [
      { Principal: gateway, Condition: { ArnLike: { 'AWS:SourceArn': 'a' } } },
      [{ everybody: false, sources: ['a'] }],
    ],
    [
      {
        Principal: gateway,
        Action: ['lambda:*'],
        Condition: { StringEquals: { 'aws:sourcearn': ['a', 'b'] } },
      },
      [{ everybody: false, sources: ['a', 'b'] }],
    ],
    [
      { Principal: gateway, Condition: { StringEquals: { 'AWS:SourceAccount': '1' } } },
      [{ everybody: false, sources: undefined }],
    ],
    [{ Principal: '*' }, [{ everybody: true, sources: undefined }]],
    [{ Principal: { AWS: '*' } }, [{ everybody: true, sources: undefined }]],
    [{ Principal: { Service: 's3.amazonaws.com' } }, []],
    [{ Principal: gateway, Effect: 'Deny' }, []],
    [{ Principal: gateway, Action: 'lambda:GetFunction' }, []],
  ])('%j', (over, expected) => {
    expect(found(over)).toEqual(expected);
  });
});
