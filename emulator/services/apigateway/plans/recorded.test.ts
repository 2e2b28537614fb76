import {
  CreateApiKeyCommand,
  CreateUsagePlanCommand,
  CreateUsagePlanKeyCommand,
  DeleteApiKeyCommand,
  DeleteUsagePlanKeyCommand,
  GetApiKeysCommand,
  GetUsagePlanCommand,
  GetUsagePlanKeysCommand,
  GetUsagePlansCommand,
  UpdateApiKeyCommand,
  UpdateUsagePlanCommand,
  type CreateApiKeyCommandInput,
  type GetApiKeysCommandInput,
  type PatchOperation,
} from '@aws-sdk/client-api-gateway';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { failureOf, normalised, recorded, recordedAtHand } from '../testing/recorded.ts';
import { replace, TrialGateway } from '../testing/trial-gateway.ts';

describe.runIf(recordedAtHand)('keys and usage plans as recorded on AWS', () => {
  let gateway: TrialGateway;
  beforeEach(async () => {
    gateway = await TrialGateway.start();
  });
  afterEach(() => gateway.stop());

  const create = (input: CreateApiKeyCommandInput) => gateway.client.send(new CreateApiKeyCommand(input));
  const list = (input: GetApiKeysCommandInput = {}) => gateway.client.send(new GetApiKeysCommand(input));

  it('keys are listed, the newest first', async () => {
    const expected = recorded('extended', 'TestApigatewayApiKeysCrud::test_get_api_keys');
    expect(normalised(await list(), {})).toEqual(expected['get-api-keys']);
    const one = await create({ name: 'test-key-one' });
    const names = { '<id:1>': one.id ?? '', '<name:1>': 'test-key-one', '<value:1>': one.value ?? '' };
    expect(normalised(one, names)).toEqual(expected['create-api-key']);
    expect(one.id).toMatch(/^[a-z0-9]{10}$/);
    expect(one.value).toMatch(/^[A-Za-z0-9]{40}$/);
    expect(normalised(await list(), names)).toEqual(expected['get-api-keys-after-create-1']);
    for (const [nameQuery, step] of [
      ['wrong', 'wrong-name-query'],
      ['test-key', 'prefix-name-query'],
      ['TEST-key', 'prefix-name-query-cased'],
      ['one', 'postfix-name-query'],
      ['key', 'infix-name-query'],
    ] as const)
      expect(normalised(await list({ nameQuery }), names)).toEqual(expected[`get-api-keys-${step}`]);
    const two = await create({ name: 'test-key-two' });
    const all = {
      ...names,
      '<id:2>': two.id ?? '',
      '<name:2>': 'test-key-two',
      '<value:2>': two.value ?? '',
    };
    expect(normalised(await list(), all)).toEqual(expected['get-api-keys-after-create-2']);
    expect(normalised(await list({ nameQuery: 'test-key-two' }), all)).toEqual(
      expected['get-api-keys-name-query'],
    );
    const page = await list({ limit: 1 });
    expect(normalised(page, { ...all, '<position:1>': page.position ?? '' })).toEqual(
      expected['get-apis-keys-pagination'],
    );
    expect(normalised(await list({ limit: 1, position: page.position }), all)).toEqual(
      expected['get-apis-keys-pagination-2'],
    );
    const values = await list({ includeValues: true });
    expect(values.items?.map(({ value }) => value)).toEqual([two.value, one.value]);
  });

  it('keys that cannot be are refused', async () => {
    const name = recorded('extended', 'TestApigatewayApiKeysCrud::test_create_api_key_with_invalid_name');
    expect(await failureOf(create({ name: 'x'.repeat(1025) }))).toEqual(name['create-api-key-name-too-long']);
    const empty = await create({ name: '' });
    expect(normalised(empty, { '<id:1>': empty.id ?? '', '<value:1>': empty.value ?? '' })).toEqual(
      name['create-api-key-empty-name'],
    );
    const value = recorded('extended', 'TestApigatewayApiKeysCrud::test_create_api_key_with_invalid_value');
    expect(await failureOf(create({ value: 'short' }))).toEqual(value['create-api-key-short-value']);
    expect(await failureOf(create({ value: 'x'.repeat(129) }))).toEqual(
      value['create-api-key-invalid-value-too-long'],
    );
    await create({ value: 'x'.repeat(20) });
    expect(await failureOf(create({ value: 'x'.repeat(20) }))).toMatchObject({
      Error: { Code: 'ConflictException', Message: 'API Key already exists' },
    });
  });

  it('keys are updated', async () => {
    const { id: apiKey = '' } = await create({});
    const update = (...patchOperations: PatchOperation[]) =>
      gateway.client.send(new UpdateApiKeyCommand({ apiKey, patchOperations }));
    const names = { '<id:1>': apiKey };
    const long = recorded(
      'extended',
      'TestApigatewayApiKeysCrud::test_update_api_key_invalid_description_length',
    );
    expect(await failureOf(update(replace('/description', 'x'.repeat(125_001))))).toEqual(
      long['update-api-key-description-too-long'],
    );
    const type = recorded('extended', 'TestApigatewayApiKeysCrud::test_update_api_key_invalid_enabled_type');
    expect(normalised(await update(replace('/enabled', 'wrong')), names)).toEqual(
      type['update-api-key-invalid-enabled-type'],
    );
    const fixed = recorded('extended', 'TestApigatewayApiKeysCrud::test_update_api_key_immutable_field');
    expect(await failureOf(update(replace('/id', 'x')))).toEqual(fixed['update-api-key-immutable-field']);
    expect((await update(replace('/enabled', 'true'), replace('/name', 'n'))).enabled).toBe(true);
  });

  it('plans hold keys', async () => {
    const expected = recorded('extended', 'TestApigatewayApiKeysCrud::test_get_usage_plan_api_keys');
    const [one, two] = [await create({ name: 'test-key-1' }), await create({ name: 'test-key-2' })];
    const plan = await gateway.client.send(new CreateUsagePlanCommand({ name: 'test-plan' }));
    const usagePlanId = plan.id ?? '';
    const names = {
      '<id:1>': one.id ?? '',
      '<id:2>': two.id ?? '',
      '<id:3>': usagePlanId,
      '<name:1>': 'test-key-1',
      '<name:2>': 'test-key-2',
      '<name:3>': 'test-plan',
      '<value:1>': one.value ?? '',
      '<value:2>': two.value ?? '',
    };
    const keysOf = async (nameQuery?: string, id = usagePlanId): Promise<unknown> =>
      normalised(
        await gateway.client.send(new GetUsagePlanKeysCommand({ usagePlanId: id, nameQuery })),
        names,
      );
    const add = async (keyId: string | undefined): Promise<unknown> =>
      normalised(
        await gateway.client.send(new CreateUsagePlanKeyCommand({ usagePlanId, keyId, keyType: 'API_KEY' })),
        names,
      );
    expect(normalised(plan, names)).toEqual(expected['create-usage-plan']);
    expect(await keysOf()).toEqual(expected['get-up-keys-before-create']);
    expect(await add(one.id)).toEqual(expected['create-up-key']);
    expect(await add(two.id)).toEqual(expected['create-up-key-2']);
    expect(await keysOf()).toEqual(expected['get-up-keys']);
    expect(await keysOf('test-key')).toEqual(expected['get-up-keys-name-query']);
    expect(await keysOf('TEST-key')).toEqual(expected['get-up-keys-name-query-cased']);
    expect(await keysOf('test-key-1')).toEqual(expected['get-up-keys-name-query-key-name']);
    expect(await keysOf('bad')).toEqual(expected['get-up-keys-bad-query']);
    await gateway.client.send(new DeleteUsagePlanKeyCommand({ usagePlanId, keyId: one.id }));
    await gateway.client.send(new DeleteApiKeyCommand({ apiKey: two.id }));
    expect(await keysOf()).toEqual(expected['get-up-keys-after-delete']);
    expect(await keysOf(undefined, 'bad')).toEqual(expected['get-up-keys-bad-usage-plan']);
  });

  it('plans are made, shown and updated', async () => {
    const expected = recorded('common', 'TestUsagePlans::test_usage_plan_crud');
    const { restApiId } = await gateway.deployed('dev');
    const made = await gateway.client.send(
      new CreateUsagePlanCommand({
        name: 'test-usage-plan',
        description: 'Test Usage Plan',
        apiStages: [{ apiId: restApiId, stage: 'dev' }],
      }),
    );
    const usagePlanId = made.id ?? '';
    const names = {
      '<id:1>': usagePlanId,
      '<api-id:1>': restApiId,
      '<name:1>': 'test-usage-plan',
      '<description:1>': 'Test Usage Plan',
    };
    const update = (patchOperations: PatchOperation[], id = usagePlanId) =>
      gateway.client.send(new UpdateUsagePlanCommand({ usagePlanId: id, patchOperations }));
    const get = () => gateway.client.send(new GetUsagePlanCommand({ usagePlanId }));
    const all = () => gateway.client.send(new GetUsagePlansCommand({}));
    expect(normalised(made, names)).toEqual(expected['create-usage-plan']);
    expect(normalised(await get(), names)).toEqual(expected['get-usage-plan']);
    expect(normalised(await all(), names)).toEqual(expected['get-usage-plans']);
    const settings = [
      replace('/throttle/burstLimit', '100'),
      replace('/throttle/rateLimit', '200'),
      replace('/quota/limit', '5000'),
      replace('/quota/period', 'MONTH'),
    ];
    expect(normalised(await update(settings), names)).toEqual(expected['update-usage-plan']);
    expect(await failureOf(update(settings, 'wrong'))).toEqual(expected['update-wrong-id']);
    const stages = async (value?: string): Promise<unknown> =>
      // These stand inside sentences.
      JSON.parse(
        JSON.stringify(await failureOf(update([{ op: 'add', path: '/apiStages', value }])))
          .replaceAll(restApiId, '<api-id:1>')
          .replaceAll(usagePlanId, '<id:1>'),
      );
    expect(await stages()).toEqual(expected['update-wrong-api-stages-no-value']);
    expect(await stages(`${restApiId}b:dev`)).toEqual(expected['update-wrong-api-stages-wrong-api']);
    expect(await stages(`${restApiId}:fakestagename`)).toEqual(
      expected['update-wrong-api-stages-wrong-stage'],
    );
    expect(await stages('fakevalue')).toEqual(expected['update-wrong-api-stages-wrong-value']);
    expect(normalised(await get(), names)).toEqual(expected['get-usage-plan-after-update']);
    expect(normalised(await all(), names)).toEqual(expected['get-usage-plans-after-update']);
  });
});
