import {
  CreateRestApiCommand,
  GetStageCommand,
  UpdateAccountCommand,
  UpdateResourceCommand,
  UpdateRestApiCommand,
  UpdateStageCommand,
  type EndpointType,
  type IpAddressType,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { expect, it } from 'vitest';
import { refusal } from '../../testing/trial-gateway.ts';
import { bad, missing, patch, type RefusalBench } from './bench.ts';

/** What APIs, their resources, stages and accounts cannot be. */
export function apiRefusals(bench: RefusalBench): void {
  it('of APIs that cannot be', async () => {
    const { client } = bench;
    const create = (more: object) => client.send(new CreateRestApiCommand({ name: 'x', ...more }));
    const endpoint = (types: string[], ipAddressType?: string) =>
      create({
        endpointConfiguration: {
          types: types as EndpointType[],
          ipAddressType: ipAddressType as IpAddressType,
        },
      });
    await bench.expectTold(create({ description: '' }), bad('Description cannot be an empty string'));
    const size = bad('Invalid minimum compression size, must be between 0 and 10485760');
    await bench.expectTold(create({ minimumCompressionSize: -1 }), size);
    await bench.expectTold(
      endpoint([]),
      bad('REGIONAL Configuration and EDGE Configuration cannot be both DISABLED.'),
    );
    await bench.expectTold(
      endpoint(['EDGE', 'REGIONAL']),
      bad('Cannot create an api with multiple Endpoint Types.'),
    );
    const dual = bad('Only dualstack ipAddressType is supported for Private APIs.');
    await bench.expectTold(endpoint(['PRIVATE'], 'ipv4'), dual);
    const types =
      "Value '[wrong]' at 'createRestApiInput.endpointConfiguration.types' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [PRIVATE, EDGE, REGIONAL]]";
    const address =
      "Value 'wrong' at 'createRestApiInput.endpointConfiguration.ipAddressType' failed to satisfy constraint: Member must satisfy enum value set: [ipv4, dualstack]";
    await bench.expectTold(endpoint(['wrong']), `ValidationException: 1 validation error detected: ${types}`);
    await bench.expectTold(
      endpoint(['wrong'], 'wrong'),
      `ValidationException: 2 validation errors detected: ${types}; ${address}`,
    );
  });

  it('of changes to APIs', async () => {
    const { client, restApiId } = bench;
    const update = (patchOperations: PatchOperation[], id = restApiId) =>
      client.send(new UpdateRestApiCommand({ restApiId: id, patchOperations }));
    await bench.expectTold(
      update(patch('replace', '/name', 'x'), 'api_id'),
      missing('Invalid API identifier specified 111111111111:api_id'),
    );
    const size = bad('Invalid minimum compression size, must be between 0 and 10485760');
    await bench.expectTold(update(patch('replace', '/minimumCompressionSize', 'test')), size);
    const replaceOnly = bad('Invalid patch operation specified. Must be one of: [replace]');
    await bench.expectTold(update(patch('add', '/minimumCompressionSize', '1')), replaceOnly);
    await bench.expectTold(
      update(patch('add', '/binaryMediaTypes', 'x')),
      bad('Invalid patch path /binaryMediaTypes'),
    );
    const type = '/endpointConfiguration/types/EDGE';
    await bench.expectTold(
      update(patch('replace', type, 'wrong')),
      bad('Invalid EndpointTypes specified. Valid options are REGIONAL,EDGE,PRIVATE'),
    );
    await bench.expectTold(
      update(patch('copy', type, 'REGIONAL')),
      bad("Invalid patch operation specified. Must be 'add'|'remove'|'replace'"),
    );
    const word = (index: number): string =>
      `Value 'wrong' at 'updateRestApiInput.patchOperations.${index}.member.op' failed to satisfy constraint: Member must satisfy enum value set: [add, remove, move, test, replace, copy]`;
    await bench.expectTold(
      update([...patch('wrong', type), ...patch('wrong', type)]),
      `ValidationException: 2 validation errors detected: ${word(1)}; ${word(2)}`,
    );
    await bench.expectTold(
      update([...patch('wrong', type), ...patch('wrong', type), ...patch('wrong', '/description')]),
      `ValidationException: 3 validation errors detected: ${word(1)}; ${word(2)}; ${word(3)}`,
    );
    // AWS's sentence for a policy that it cannot read.
    await bench.expectTold(
      update(patch('replace', '/policy', '{"Version":"2012-10-17"}')),
      bad('Invalid policy document. Please check the policy syntax and ensure that Principals are valid.'),
    );
  });

  it('of resources', async () => {
    const { client, restApiId, rootId, petsId, subpetsId, innerId } = bench;
    const update = (resourceId: string, patchOperations: PatchOperation[]) =>
      client.send(new UpdateResourceCommand({ restApiId, resourceId, patchOperations }));
    const noResource = missing('Invalid Resource identifier specified');
    await bench.expectTold(update('fake', patch('replace', '/pathPart', 'x')), noResource);
    await bench.expectTold(bench.child('fake', 'x'), noResource);
    await bench.expectTold(
      update(petsId, patch('replace', '/invalid', 'x')),
      bad(
        "Invalid patch path  '/invalid' specified for op 'replace'. Must be one of: [/parentId, /pathPart]",
      ),
    );
    for (const op of ['add', 'remove'])
      await bench.expectTold(
        update(petsId, patch(op, '/pathPart', 'x')),
        bad(`Invalid patch path  '/pathPart' specified for op '${op}'. Please choose supported operations`),
      );
    const conflict = 'ConflictException: Another resource with the same parent already has this name: pets';
    await bench.expectTold(update(innerId, patch('replace', '/parentId', rootId)), conflict);
    await bench.expectTold(
      update(petsId, patch('replace', '/parentId', subpetsId)),
      bad('Resources cannot be cyclical.'),
    );
    await bench.expectTold(
      bench.child(rootId, '{other+}'),
      bad('A sibling ({proxy+}) of this resource already has a variable path part -- only one is allowed'),
    );
    // The root's own refusals were recorded later than the rest.
    await bench.expectTold(
      update(rootId, patch('replace', '/pathPart', 'x')),
      bad('Root resource cannot update its pathPart.'),
    );
    await bench.expectTold(
      update(rootId, patch('replace', '/parentId', petsId)),
      bad('Root resource cannot update its parentId.'),
    );
  });

  it('of stages', async () => {
    const { gateway, client } = bench;
    const { restApiId: api } = await gateway.deployed();
    const update = (patchOperations: PatchOperation[]) =>
      client.send(new UpdateStageCommand({ restApiId: api, stageName: 'dev', patchOperations }));
    const log = '/accessLogSettings';
    await bench.expectTold(
      update(patch('replace', `${log}/destinationArn`, '')),
      bad('Access Log value must not be empty'),
    );
    for (const op of ['add', 'replace'])
      await bench.expectTold(
        update(patch(op, `${log}/randomValue`, 'x')),
        bad(
          'Invalid accessLogSettings path. Must be one of : [/accessLogSettings/destinationArn, /accessLogSettings/format]',
        ),
      );
    for (const name of ['randomValue', '*'])
      await bench.expectTold(
        update(patch('remove', `${log}/${name}`)),
        bad(
          `Cannot remove method setting accessLogSettings/${name} because there is no method setting for this method `,
        ),
      );
    // AWS's sentences, not among the recordings.
    const noRole = bad('CloudWatch Logs role ARN must be set in account settings to enable logging');
    expect(await refusal(update(patch('replace', '/*/*/logging/loglevel', 'INFO')))).toBe(noRole);
    expect(await refusal(update(patch('replace', '/variables/a', 'a b;')))).toContain(
      'Invalid stage variable value: a b;. Please use values with alphanumeric characters and the symbols',
    );
    expect(await refusal(client.send(new GetStageCommand({ restApiId: api, stageName: 'no' })))).toBe(
      missing('Invalid stage identifier specified'),
    );
  });

  it('of the account', async () => {
    const { gateway, client } = bench;
    const update = (value: string) =>
      client.send(
        new UpdateAccountCommand({ patchOperations: patch('replace', '/cloudwatchRoleArn', value) }),
      );
    const role = await gateway.role('nobody-of-gateways', 'lambda.amazonaws.com');
    const unusable = bad(
      'The role ARN does not have required permissions configured. Please grant trust permission for API Gateway and add the required role policy.',
    );
    expect(await refusal(update(role))).toBe(unusable);
    expect(await refusal(update('arn:aws:iam::111111111111:role/none'))).toBe(unusable);
    const trusted = await gateway.role('gateway-without-policy', 'apigateway.amazonaws.com');
    expect(await refusal(update(trusted))).toBe(unusable);
    expect(await refusal(update('role'))).toBe(bad('Invalid ARN specified in the request'));
  });
}
