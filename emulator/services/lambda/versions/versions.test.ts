import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { zipSync } from 'fflate';
import { account, region, scope, SmallCloud } from '../testing/small-cloud.ts';

const arn = (qualifier?: string): string =>
  `arn:aws:lambda:${region}:${account}:function:f${qualifier === undefined ? '' : `:${qualifier}`}`;
const otherPackage = (): Uint8Array =>
  zipSync({ 'index.js': new TextEncoder().encode(`exports.handler = async () => ${Math.random()}`) });

let small: SmallCloud;
beforeEach(async () => {
  small = new SmallCloud();
  await small.ready('f');
});
afterEach(() => small.end());

const publish = (more: object = {}) => small.call('PublishVersion', { FunctionName: 'f', ...more });
const change = async (): Promise<void> => {
  await small.call('UpdateFunctionCode', { FunctionName: 'f', ZipFile: otherPackage() });
  await small.clock.advance(1000);
};
const invoke = (Qualifier?: string) => small.call('Invoke', { FunctionName: 'f', Qualifier });

describe('published versions', () => {
  it('are snapshots that later updates leave alone', async () => {
    const one = await publish({ Description: 'first' });
    expect(one).toMatchObject({ Version: '1', FunctionArn: arn('1'), Description: 'first', State: 'Active' });
    await small.call('UpdateFunctionConfiguration', { FunctionName: 'f', Timeout: 9 });
    await small.clock.advance(1000);
    expect(await publish()).toMatchObject({ Version: '2', Timeout: 9 });
    const read = await small.call('GetFunctionConfiguration', { FunctionName: 'f:1' });
    expect(read).toMatchObject({
      Timeout: 3,
      Version: '1',
      FunctionArn: arn('1'),
      RevisionId: one.RevisionId,
    });
    const listed = await small.call('ListVersionsByFunction', { FunctionName: 'f' });
    expect(listed.Versions?.map(({ Version }) => Version)).toEqual(['$LATEST', '1', '2']);
  });

  it('are not published anew where nothing has changed', async () => {
    await publish();
    expect((await publish({ Description: 'other words' })).Version).toBe('1');
    await change();
    expect((await publish()).Version).toBe('2');
  });

  it('are not published anew where variables, as they come over the wire, are the same', async () => {
    // A map without a prototype: it has no way to become a text by itself.
    const Variables = Object.assign(Object.create(null) as Record<string, string>, { TABLE: 't' });
    for (const time of ['first', 'second']) {
      await small.call('UpdateFunctionConfiguration', { FunctionName: 'f', Environment: { Variables } });
      await small.clock.advance(1000);
      expect((await publish()).Version, time).toBe('1');
    }
  });

  it('run as what they are, each in environments of its own', async () => {
    await publish();
    await change();
    expect((await invoke('1')).ExecutedVersion).toBe('1');
    expect((await invoke()).ExecutedVersion).toBe('$LATEST');
    const [one, latest] = small.execution.ran;
    expect(one?.version).toMatchObject({ version: '1', arn: arn('1') });
    expect(one?.invocation.invokedArn).toBe(arn('1'));
    expect(one?.version.code).not.toBe(latest?.version.code);
    // The update of $LATEST ended its environments, not those of the version.
    expect(small.execution.recycled).toEqual([]);
    await change();
    await expect
      .poll(() => small.execution.recycled)
      .toEqual([{ name: 'f', why: 'updated', version: '$LATEST' }]);
  });

  it('are published only from the package and revision that the caller means', async () => {
    expect(await small.refusal('PublishVersion', { FunctionName: 'f', CodeSha256: 'other' })).toMatchObject({
      code: 'InvalidParameterValueException',
      message: expect.stringMatching(
        /^CodeSHA256 \(other\) is different from current CodeSHA256 in \$LATEST \(.{44}\)\. Please try again with the CodeSHA256 in \$LATEST\.$/,
      ) as string,
    });
    expect(await small.refusal('PublishVersion', { FunctionName: 'f', RevisionId: 'r' })).toMatchObject({
      code: 'PreconditionFailedException',
    });
  });

  it('come with a new function or package where Publish says so', async () => {
    const made = await small.call('CreateFunction', {
      FunctionName: 'g',
      Runtime: 'nodejs24.x',
      Handler: 'index.handler',
      Role: `arn:aws:iam::${account}:role/lambda-role`,
      Code: { ZipFile: otherPackage() },
      Publish: true,
    });
    expect(made).toMatchObject({ Version: '1', State: 'Pending' });
    expect(made.FunctionArn).not.toContain(':g:');
    expect(await small.refusal('Invoke', { FunctionName: 'g:1' })).toMatchObject({
      code: 'ResourceConflictException',
    });
    await small.clock.advance(1000);
    expect((await small.call('Invoke', { FunctionName: 'g:1' })).ExecutedVersion).toBe('1');
    const next = await small.call('UpdateFunctionCode', {
      FunctionName: 'g',
      ZipFile: otherPackage(),
      Publish: true,
    });
    expect(next).toMatchObject({ Version: '2' });
    expect(next.FunctionArn).toMatch(/:g:2$/);
  });

  it('are deleted one by one, never while an alias points at them, and their numbers are not given twice', async () => {
    await publish();
    await small.call('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
    expect(await small.refusal('DeleteFunction', { FunctionName: 'f:1' })).toMatchObject({
      code: 'ResourceConflictException',
    });
    await small.call('DeleteAlias', { FunctionName: 'f', Name: 'live' });
    await small.call('DeleteFunction', { FunctionName: 'f', Qualifier: '1' });
    expect(await small.refusal('Invoke', { FunctionName: 'f:1' })).toMatchObject({
      message: `Function not found: ${arn('1')}`,
    });
    expect((await publish()).Version).toBe('2');
    await small.call('DeleteFunction', { FunctionName: 'f' });
    await small.ready('f');
    expect((await publish()).Version).toBe('1');
  });

  it('outlive a restart', async () => {
    await publish();
    await small.call('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
    await small.restart();
    expect((await invoke('live')).ExecutedVersion).toBe('1');
  });
});

describe('aliases', () => {
  beforeEach(async () => {
    await publish();
    await change();
    await publish();
  });

  it('point at a version and can be moved', async () => {
    const made = await small.call('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
    expect(made).toEqual({
      AliasArn: arn('live'),
      Name: 'live',
      FunctionVersion: '1',
      Description: '',
      RevisionId: expect.any(String) as string,
    });
    expect((await invoke('live')).ExecutedVersion).toBe('1');
    expect(small.execution.ran.at(-1)?.invocation.invokedArn).toBe(arn('live'));
    await small.call('UpdateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '2' });
    expect((await invoke('live')).ExecutedVersion).toBe('2');
    const read = await small.call('GetFunction', { FunctionName: 'f:live' });
    expect(read.Configuration).toMatchObject({ FunctionArn: arn('live'), Version: '2' });
  });

  it('share calls out by weight', async () => {
    await small.call('CreateAlias', {
      FunctionName: 'f',
      Name: 'canary',
      FunctionVersion: '1',
      RoutingConfig: { AdditionalVersionWeights: { '2': 0.5 } },
    });
    const seen = new Map<string, number>();
    for (let call = 0; call < 200; call++) {
      const { ExecutedVersion = '' } = await invoke('canary');
      seen.set(ExecutedVersion, (seen.get(ExecutedVersion) ?? 0) + 1);
    }
    // Fewer than 50 of 200 at even chances happens once in 10^12.
    expect(seen.get('1')).toBeGreaterThan(50);
    expect(seen.get('2')).toBeGreaterThan(50);
    for (const [weight, only] of [
      [0, '1'],
      [1, '2'],
    ] as const) {
      const RoutingConfig = { AdditionalVersionWeights: { '2': weight } };
      await small.call('UpdateAlias', { FunctionName: 'f', Name: 'canary', RoutingConfig });
      for (let call = 0; call < 20; call++) expect((await invoke('canary')).ExecutedVersion).toBe(only);
    }
  });

  it.each([
    [{ '3': 0.5 }, '1', `Function not found: ${arn('3')}`],
    [{ '1': 0.5 }, '1', /already included in routing configuration/],
    [{ '1': 0.1, '2': 0.1 }, '1', 'Number of items in AdditionalVersionWeights cannot be greater than 1'],
    [{ '1': 0.5 }, '$LATEST', '$LATEST is not supported for an alias pointing to more than 1 version'],
    [{ '2': 2 }, '1', /Value '\{2=2\.0\}' at 'routingConfig\.additionalVersionWeights' failed/],
  ])('refuse the weights %j beside %s', async (AdditionalVersionWeights, FunctionVersion, message) => {
    const refused = await small.refusal('CreateAlias', {
      FunctionName: 'f',
      Name: 'a',
      FunctionVersion,
      RoutingConfig: { AdditionalVersionWeights: AdditionalVersionWeights },
    });
    expect(refused.message).toEqual(typeof message === 'string' ? message : expect.stringMatching(message));
  });

  it('are refused in the words of AWS where they are not there', async () => {
    const name = { FunctionName: 'f', Name: 'none' };
    expect((await small.refusal('GetAlias', name)).message).toBe(`Cannot find alias arn: ${arn('none')}`);
    expect((await small.refusal('UpdateAlias', name)).message).toBe(`Alias not found: ${arn('none')}`);
    await small.call('DeleteAlias', name);
    expect((await small.refusal('Invoke', { FunctionName: 'f:none' })).message).toBe(
      `Function not found: ${arn('none')}`,
    );
  });

  it('are changed only at the revision that the caller saw', async () => {
    const { RevisionId } = await small.call('CreateAlias', {
      FunctionName: 'f',
      Name: 'live',
      FunctionVersion: '1',
    });
    await small.call('UpdateAlias', { FunctionName: 'f', Name: 'live', Description: 'd', RevisionId });
    expect(
      await small.refusal('UpdateAlias', { FunctionName: 'f', Name: 'live', Description: 'e', RevisionId }),
    ).toMatchObject({ code: 'PreconditionFailedException' });
  });

  it('have policies of their own', async () => {
    await small.call('CreateAlias', { FunctionName: 'f', Name: 'live', FunctionVersion: '1' });
    const caller = {
      service: 'apigateway.amazonaws.com',
      sourceArn: 'arn:aws:execute-api:us-east-1:111111111111:a/*',
      sourceAccount: account,
    };
    await small.call('AddPermission', {
      FunctionName: 'f',
      Qualifier: 'live',
      StatementId: 's',
      Action: 'lambda:InvokeFunction',
      Principal: caller.service,
    });
    expect(small.port.permits(scope, 'f', caller, 'live')).toBe(true);
    expect(small.port.permits(scope, arn('live'), caller)).toBe(true);
    expect(small.port.permits(scope, 'f', caller)).toBe(false);
    expect(small.port.permits(scope, 'f', caller, '1')).toBe(false);
    const { Policy = '' } = await small.call('GetPolicy', { FunctionName: 'f', Qualifier: 'live' });
    expect(JSON.parse(Policy)).toMatchObject({ Statement: [{ Resource: arn('live') }] });
    expect(await small.refusal('GetPolicy', { FunctionName: 'f' })).toMatchObject({
      code: 'ResourceNotFoundException',
    });
  });

  it('are listed by name, or by the version that they point at', async () => {
    for (const [Name, FunctionVersion] of [
      ['b', '1'],
      ['a', '2'],
      ['c', '1'],
    ] as const) {
      await small.call('CreateAlias', { FunctionName: 'f', Name, FunctionVersion });
    }
    const names = async (more: object): Promise<(string | undefined)[]> => {
      const { Aliases = [] } = await small.call('ListAliases', { FunctionName: 'f', ...more });
      return Aliases.map(({ Name }) => Name);
    };
    expect(await names({})).toEqual(['a', 'b', 'c']);
    expect(await names({ FunctionVersion: '1' })).toEqual(['b', 'c']);
    const { NextMarker } = await small.call('ListAliases', { FunctionName: 'f', MaxItems: 2 });
    expect(await names({ Marker: NextMarker })).toEqual(['c']);
  });
});
