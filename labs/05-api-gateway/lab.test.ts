import { describe, expect, it } from 'vitest';
import { prove, replaced } from '../prove.ts';
import { breachOf } from './checks/result.ts';
import { lab } from './lab.ts';

prove(lab, [
  {
    name: 'a handler that decodes and encodes by itself, every type as bytes, a permission for the stage alone, the older runtime',
    files: {
      'src/handler.ts': (handler) =>
        replaced(
          replaced(
            handler,
            "body: body ?? '',\n    isBase64Encoded,",
            "body: Buffer.from(body ?? '', isBase64Encoded ? 'base64' : 'utf8').toString('base64'),\n    isBase64Encoded: true,",
          ),
          "'X-Tag': query.tag",
          "'x-tag': query.tag",
        ),
      'api.ts': (api) =>
        replaced(
          replaced(
            replaced(api, '${apiId}/*/${httpMethod}', '${apiId}/dev/${httpMethod}'),
            "type: 'MOCK',\n      requestTemplates",
            "type: 'MOCK',\n      contentHandling: 'CONVERT_TO_TEXT',\n      passthroughBehavior: 'NEVER',\n      requestTemplates",
          ),
          "statusCode: '200',\n      responseTemplates",
          "statusCode: '200',\n      contentHandling: 'CONVERT_TO_TEXT',\n      responseTemplates",
        ),
      'deploy.ts': (script) =>
        replaced(replaced(script, 'nodejs24.x', 'nodejs22.x'), "'application/octet-stream'", "'*/*'"),
    },
  },
]);

describe('a result of a function', () => {
  it.each([
    [{ statusCode: 200 }],
    [{ statusCode: '201', body: 'x' }],
    [{ headers: { a: 'b' } }],
    [{ statusCode: 200, multiValueHeaders: { a: ['b'] }, body: null, isBase64Encoded: false }],
  ])('%j is an answer', (result) => {
    expect(breachOf(result)).toBeUndefined();
  });

  // Facts 3.1: what AWS makes 502 of.
  it.each<[unknown, object]>([
    [{}, { kind: 'empty' }],
    ['justAString', { kind: 'notObject' }],
    [undefined, { kind: 'notObject' }],
    [[{ statusCode: 200 }], { kind: 'notObject' }],
    [
      { statusCode: 200, message: 'x' },
      { kind: 'unknown', names: ['message'] },
    ],
    [{ statusCode: 'test' }, { kind: 'status', value: 'test' }],
    [
      { statusCode: 200, multiValueHeaders: { a: 'b' } },
      { kind: 'lists', name: 'a' },
    ],
    [{ statusCode: 200, body: { a: 1 } }, { kind: 'body' }],
  ])('%j is none', (result, breach) => {
    expect(breachOf(result)).toEqual(breach);
  });
});
