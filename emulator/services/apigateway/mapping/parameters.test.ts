import { describe, expect, it } from 'vitest';
import { mapRequestParameters, mapResponseParameters } from './parameters.ts';
import { TemplateFailure } from './template.ts';
import { variablesFor } from './testing.ts';

const variables = variablesFor({
  context: { authorizer: { principalId: 'user', claims: { sub: 's' } } },
  stageVariables: { colour: 'green' },
  request: {
    headers: { 'X-Token': ['1', '2'] },
    query: { q: ['a', 'b'] },
    path: { id: '7' },
    body: '{"user":{"name":"Ann","tags":["x"]},"n":5,"none":null}',
  },
});

describe('parameter mappings of a request', () => {
  it('read the request, the context, stage variables and static values', () => {
    expect(
      mapRequestParameters(
        {
          'integration.request.header.token': 'method.request.header.x-token',
          'integration.request.header.tokens': 'method.request.multivalueheader.X-Token',
          'integration.request.header.static': "'it's fixed'",
          'integration.request.header.sub': 'context.authorizer.claims.sub',
          'integration.request.header.missing': 'method.request.header.none',
          'integration.request.header.claim': 'context.authorizer.none',
          'integration.request.querystring.q': 'method.request.querystring.q',
          'integration.request.querystring.all': 'method.request.multivaluequerystring.q',
          'integration.request.querystring.colour': 'stageVariables.colour',
          'integration.request.querystring.name': 'method.request.body.user.name',
          'integration.request.querystring.tags': 'method.request.body.$.user.tags',
          'integration.request.querystring.n': 'method.request.body.n',
          'integration.request.querystring.nothing': 'method.request.body.none',
          'integration.request.path.note': 'method.request.path.id',
          'integration.request.body.x': "'no such place'",
        },
        variables,
      ),
    ).toEqual({
      headers: { token: ['2'], tokens: ['1', '2'], static: ["it's fixed"], sub: ['s'] },
      query: { q: ['b'], all: ['a', 'b'], colour: ['green'], name: ['Ann'], tags: ['["x"]'], n: ['5'] },
      path: { note: '7' },
    });
    expect(mapRequestParameters(undefined, variables)).toEqual({ headers: {}, query: {}, path: {} });
  });

  it('give the whole body', () => {
    expect(
      mapRequestParameters({ 'integration.request.header.b': 'method.request.body' }, variables).headers,
    ).toEqual({ b: [variables.request.body] });
  });

  it('refuse a body that is no JSON', () => {
    const broken = variablesFor({ request: { body: 'a=b' } });
    expect(() =>
      mapRequestParameters({ 'integration.request.header.b': 'method.request.body.a' }, broken),
    ).toThrow(TemplateFailure);
  });
});

describe('parameter mappings of a response', () => {
  it("read the back end's answer", () => {
    expect(
      mapResponseParameters(
        {
          'method.response.header.Location': 'integration.response.header.location',
          'method.response.header.Set-Cookie': 'integration.response.multivalueheader.set-cookie',
          'method.response.header.Id': 'integration.response.body.id',
          'method.response.header.Origin': "'*'",
          'method.response.header.Stage': 'context.stage',
          'method.response.header.None': 'integration.response.body.none',
        },
        { headers: { Location: ['/a'], 'Set-Cookie': ['a=1', 'b=2'] }, body: '{"id":12}' },
        variables,
      ),
    ).toEqual({ Location: ['/a'], 'Set-Cookie': ['a=1', 'b=2'], Id: ['12'], Origin: ['*'], Stage: ['dev'] });
  });
});
