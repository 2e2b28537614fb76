import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prove, replaced } from '../prove.ts';
import { outcomeOf, type Outcome } from './checks/ask.ts';
import { sourcesIn } from './checks/sources.ts';
import { lab } from './lab.ts';

/** Several replacements, each of a text that stands once. */
const all = (source: string, ...changes: readonly (readonly [string, string])[]): string =>
  changes.reduce((text, [from, to]) => replaced(text, from, to), source);

prove(lab, [
  {
    name: 'an authorizer of the whole request that keeps an answer for each method by itself, for a minute, and the older runtime',
    files: {
      'src/authorizer.ts': (authorizer) =>
        all(
          authorizer,
          ['APIGatewayTokenAuthorizerEvent }', 'APIGatewayRequestAuthorizerEvent }'],
          ['event: APIGatewayTokenAuthorizerEvent', 'event: APIGatewayRequestAuthorizerEvent'],
          [
            '.exec(event.authorizationToken) ??',
            ".exec(Object.entries(event.headers ?? {}).find(([name]) => /^authorization$/i.test(name))?.[1] ?? '') ??",
          ],
        ),
      'src/policy.ts': (policy) =>
        replaced(
          policy,
          "  return document(\n    'Allow',\n    methods.map((method) => `${api}/${stage}/${method}`),\n  );",
          "  const may = methods.some((method) => methodArn === `${api}/${stage}/${method}`);\n  return document(may ? 'Allow' : 'Deny', methodArn);",
        ),
      'api.ts': (api) =>
        all(
          api,
          ["type: 'TOKEN'", "type: 'REQUEST'"],
          [
            "'method.request.header.Authorization'",
            "'context.httpMethod, method.request.header.Authorization'",
          ],
          ['${apiId}/authorizers/${authorizerId}', '${apiId}/authorizers/*'],
        ),
      'deploy.ts': (script) =>
        all(script, ['authorizer, 300)', 'authorizer, 60)'], ['nodejs24.x', 'nodejs22.x']),
    },
  },
  {
    name: 'a pattern for tokens, 401 for what is none, stage variables that are no secret, a plan for two stages, logs of verdicts',
    files: {
      'src/authorizer.ts': (authorizer) =>
        all(
          authorizer,
          [
            '  const claims = claimsOf(token, secret());',
            "  if (token === '') throw new Error('Unauthorized');\n  const claims = claimsOf(token, secret());\n  console.log({ method: event.methodArn, caller: claims?.sub ?? null });",
          ],
          ['context: { subject: sub, role }', "context: { subject: sub, role, until: 1, kind: 'token' }"],
        ),
      'src/policy.ts': (policy) =>
        replaced(
          policy,
          "  return document(\n    'Allow',\n    methods.map((method) => `${api}/${stage}/${method}`),\n  );",
          "  const { Version } = document('Allow', '*');\n  return {\n    Version,\n    Statement: methods.map((method) => ({ Action: ['execute-api:*'], Effect: 'Allow', Resource: `${api.replace(/:[^:]+$/, ':*')}/${stage}/${method}` })),\n  };",
        ),
      'api.ts': (api) =>
        all(
          api,
          [
            "      identitySource: 'method.request.header.Authorization',",
            "      identitySource: 'method.request.header.authorization',\n      identityValidationExpression: '^[Bb]earer [-0-9A-Za-z._~+/]+=*$',",
          ],
          [
            'CreateDeploymentCommand({ restApiId: apiId, stageName })',
            "CreateDeploymentCommand({ restApiId: apiId, stageName, variables: { note: 'no-secret-at-all' } })",
          ],
        ),
      'deploy.ts': (script) =>
        all(
          script,
          ['await deployTo(apiId, stage);', "await deployTo(apiId, 'prod');\nawait deployTo(apiId, stage);"],
          ['grant, [{ apiId, stage }])', "grant, [{ apiId, stage: 'prod' }, { apiId, stage }])"],
        ),
    },
  },
]);

/* Facts 3.2: what AWS answers, and how servers differ from it. */
describe('how a request came out', () => {
  const answer = (status: number, json: unknown) => {
    const text = JSON.stringify(json);
    const nothing = {
      header: () => undefined,
      headerValues: () => [],
      bytes: new Uint8Array(),
      evidence: [],
    };
    return { status, json, text, ...nothing };
  };

  it.each<[number, unknown, Outcome]>([
    [200, {}, 'in'],
    [201, null, 'in'],
    [401, { message: 'Unauthorized' }, 'unauthorized'],
    [403, { message: 'Forbidden' }, 'forbidden'],
    [403, { message: 'Missing Authentication Token' }, 'unknown'],
    [403, { Message: 'User is not authorized to access this resource' }, 'refused'],
    [
      403,
      {
        message:
          'User is not authorized to access this resource with an explicit deny in an identity-based policy',
      },
      'refused',
    ],
    [
      403,
      {
        Message:
          'User is not authorized to access this resource because no identity-based policy allows the execute-api:Invoke action',
      },
      'refused',
    ],
    [429, { message: 'Too Many Requests' }, 'throttled'],
    [429, { message: 'Limit Exceeded' }, 'usedUp'],
    [500, { message: null }, 'authorizerFailed'],
    [500, { message: 'Internal server error' }, 'other'],
    [502, { message: 'Internal server error' }, 'other'],
  ])('%i %j', (status, json, outcome) => {
    expect(outcomeOf(answer(status, json))).toBe(outcome);
  });
});

describe('the sources of a student', () => {
  it('are all files but hidden ones, packages and what nobody has written', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'coldstart-sources-'));
    try {
      for (const name of ['src/deep', 'node_modules/x', '.git'])
        mkdirSync(join(folder, name), { recursive: true });
      for (const name of ['a.ts', 'src/deep/b.json', 'node_modules/x/c.js', '.git/d', '.env'])
        writeFileSync(join(folder, name), `of ${name}`);
      writeFileSync(join(folder, 'large.bin'), new Uint8Array(1024 * 1024 + 1));
      const found = await sourcesIn(folder);
      expect(found.sort((a, b) => a.place.localeCompare(b.place, 'en'))).toEqual([
        { place: 'a.ts', text: 'of a.ts' },
        { place: 'src/deep/b.json', text: 'of src/deep/b.json' },
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
