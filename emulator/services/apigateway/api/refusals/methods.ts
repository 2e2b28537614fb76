import {
  DeleteIntegrationResponseCommand,
  DeleteMethodResponseCommand,
  GetIntegrationCommand,
  GetIntegrationResponseCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  UpdateMethodCommand,
  UpdateMethodResponseCommand,
  type IntegrationType,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { refusal } from '../../testing/trial-gateway.ts';
import { bad, missing, patch, type RefusalBench } from './bench.ts';

/** What methods, integrations and their responses cannot be. */
export function methodRefusals(bench: RefusalBench): void {
  it('of methods', async () => {
    const { client, rootId } = bench;
    const put = (more: object) =>
      client.send(new PutMethodCommand({ ...bench.at(rootId, 'GET'), authorizationType: 'NONE', ...more }));
    const update = (patchOperations: PatchOperation[]) =>
      client.send(new UpdateMethodCommand({ ...bench.at(rootId, 'ANY'), patchOperations }));
    await bench.expectTold(put({ restApiId: 'x' }), missing('Invalid Resource identifier specified'));
    await bench.expectTold(
      put({ httpMethod: 'GETS' }),
      bad('Invalid HttpMethod specified. Valid options are GET,PUT,POST,DELETE,PATCH,OPTIONS,HEAD,ANY'),
    );
    const authorizer = bad(
      'Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.',
    );
    await bench.expectTold(put({ authorizationType: 'CUSTOM' }), authorizer);
    await bench.expectTold(update(patch('replace', '/authorizationType', 'CUSTOM')), authorizer);
    const validator = bad('Invalid Request Validator identifier specified');
    await bench.expectTold(put({ requestValidatorId: 'fake' }), validator);
    await bench.expectTold(
      put({ requestModels: { 'application/json': 'petModel' } }),
      bad('Invalid model identifier specified: petModel'),
    );
    const same = { 'method.request.header.a': true, 'method.request.querystring.a': true };
    await bench.expectTold(
      put({ requestParameters: same }),
      bad('Parameter names must be unique across querystring, header and path'),
    );
    await bench.expectTold(
      update(patch('add', '/authorizationType', 'NONE')),
      bad('Invalid patch operation specified. Must be one of: [replace]'),
    );
    for (const path of ['/httpMethod', '/requestParameters', '/requestModels/application/json'])
      await bench.expectTold(update(patch('replace', path, 'x')), bad(`Invalid patch path ${path}`));
    // An authorizer is not looked for where the type needs none.
    const ignored = await update(patch('replace', '/authorizerId', 'abc123'));
    expect(ignored.authorizerId).toBeUndefined();
  });

  it('of integrations', async () => {
    const { client, petsId } = bench;
    const put = (type: string, more: object = {}) =>
      client.send(
        new PutIntegrationCommand({ ...bench.at(petsId, 'GET'), type: type as IntegrationType, ...more }),
      );
    await bench.expectTold(
      put('HTTPS_PROXY'),
      "ValidationException: 1 validation error detected: Value 'HTTPS_PROXY' at 'putIntegrationInput.type' failed to satisfy constraint: Member must satisfy enum value set: [HTTP, MOCK, AWS_PROXY, HTTP_PROXY, AWS]",
    );
    const GET = { integrationHttpMethod: 'GET' };
    for (const type of ['HTTP', 'HTTP_PROXY']) {
      await bench.expectTold(
        put(type, { uri: 'http://example.com' }),
        bad('Enumeration value for HttpMethod must be non-empty'),
      );
      await bench.expectTold(
        put(type, { ...GET, uri: 'invalid-uri' }),
        bad('Invalid HTTP endpoint specified for URI'),
      );
    }
    const lambda = 'arn:aws:lambda:us-east-1:111111111111:function:f';
    const path = `arn:aws:apigateway:us-east-1:lambda:path/2015-03-31/functions/${lambda}/invocations`;
    for (const uri of [lambda, path.replace(':path/', ':test/')])
      await bench.expectTold(
        put('AWS', { ...GET, uri }),
        bad('AWS ARN for integration must contain path or action'),
      );
    // Of the recordings of functions.
    expect(await refusal(put('AWS_PROXY', { ...GET, uri: path.replace('arn:aws:api', 'bad-arn:api') }))).toBe(
      bad('Invalid ARN specified in the request'),
    );
    const unsupported = bad(
      "Integrations of type 'AWS_PROXY' currently only supports Lambda function and Firehose stream invocations.",
    );
    for (const uri of [path.replace(':lambda:path', ':firehose:path'), path.replace('functions/', 'random/')])
      expect(await refusal(put('AWS_PROXY', { ...GET, uri }))).toBe(unsupported);
    await bench.expectTold(
      put('MOCK', { requestParameters: { 'integration.request.path.a': 'true' } }),
      bad(
        'Invalid mapping expression specified: Validation Result: warnings : [], errors : [Invalid mapping expression specified: true]',
      ),
    );
    expect(await refusal(put('MOCK', { timeoutInMillis: 30_000 }))).toBe(
      bad('Timeout should be between 50 ms and 29000 ms'),
    );
    await bench.expectTold(
      client.send(new GetIntegrationCommand(bench.at(petsId, 'GET'))),
      missing('Invalid Integration identifier specified'),
    );
    // What AWS takes: stage variables anywhere.
    const variable = path.replace(':f/', ':f:${stageVariables.alias}/');
    await put('AWS_PROXY', { integrationHttpMethod: 'POST', uri: variable });
    await put('HTTP_PROXY', { ...GET, uri: 'http://${stageVariables.host}/pets/{id}' });
  });

  it('of responses', async () => {
    const { client, rootId } = bench;
    const ANY = bench.at(rootId, 'ANY');
    const status =
      "ValidationException: 1 validation error detected: Value 'wrong' at 'statusCode' failed to satisfy constraint: Member must satisfy regular expression pattern: [1-5]\\d\\d";
    await bench.expectTold(
      client.send(new PutIntegrationResponseCommand({ ...ANY, statusCode: 'wrong' })),
      status,
    );
    const noStatus = missing('Invalid Response status code specified');
    await bench.expectTold(
      client.send(new GetIntegrationResponseCommand({ ...ANY, statusCode: '201' })),
      noStatus,
    );
    await bench.expectTold(
      client.send(new DeleteMethodResponseCommand({ ...ANY, statusCode: '201' })),
      noStatus,
    );
    await bench.expectTold(
      client.send(new DeleteIntegrationResponseCommand({ ...bench.at(rootId, 'BAD'), statusCode: '200' })),
      missing('Invalid Integration identifier specified'),
    );
    await bench.expectTold(
      client.send(
        new PutIntegrationResponseCommand({ ...ANY, statusCode: '200', responseTemplates: { 123: 'x' } }),
      ),
      bad('Validation Result: warnings : [], errors : [Invalid content type specified: 123]'),
    );
    const update = (patchOperations: PatchOperation[], statusCode = '200') =>
      client.send(new UpdateMethodResponseCommand({ ...ANY, statusCode, patchOperations }));
    const header = '/responseParameters/method.response.header.x';
    await bench.expectTold(
      update(patch('replace', header, 'true')),
      missing('Invalid parameter name specified'),
    );
    await bench.expectTold(
      update(patch('remove', '/responseModels/application~1json')),
      missing('Content-Type specified was not found'),
    );
    const wrong = '/wrong/method.response.header.my-header';
    await bench.expectTold(update(patch('add', wrong, 'true')), bad(`Invalid patch path ${wrong}`));
    const op = (index: number): string =>
      `Value 'wrong_op' at 'updateMethodResponseInput.patchOperations.${index}.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]`;
    const four = [1, 2, 3, 4].flatMap(() => patch('wrong_op', header));
    await bench.expectTold(
      update(four),
      `ValidationException: 4 validation errors detected: ${[1, 2, 3, 4].map(op).join('; ')}`,
    );
    // Recorded: what is in the body comes before what is in the path.
    expect(await refusal(update(patch('wrong_op', header), 'wrong'))).toBe(
      status
        .replace('1 validation error', '2 validation errors')
        .replace("detected: Value 'wrong' at", `detected: ${op(1)}; Value 'wrong' at`),
    );
  });
}
