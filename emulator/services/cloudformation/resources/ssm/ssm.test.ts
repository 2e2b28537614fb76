import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { trialResource } from '../testing/trial-resource.ts';
import { account, refusal, region, trialStack, type TrialStack } from '../testing/trial-stack.ts';

let stack: TrialStack;
beforeAll(async () => {
  stack = await trialStack();
});
afterAll(async () => await stack.stop());

describe('AWS::SSM::Parameter', () => {
  it('is made, changed in place and removed', async () => {
    const properties = {
      Name: '/app/table',
      Type: 'String',
      Value: 'orders',
      Description: 'which',
      Tags: { team: 'x' },
    };
    const parameter = await trialResource(stack, 'AWS::SSM::Parameter', properties);
    expect(parameter.kept()).toMatchObject({
      id: '/app/table',
      attributes: {
        Arn: `arn:aws:ssm:${region}:${account}:parameter/app/table`,
        Type: 'String',
        Value: 'orders',
      },
    });
    expect(await parameter.found()).toBe('/app/table');
    expect(await parameter.read()).toEqual(properties);
    expect((await refusal(trialResource(stack, 'AWS::SSM::Parameter', properties, 'Second'))).code).toBe(
      'ParameterAlreadyExists',
    );
    const next = { Name: '/app/table', Type: 'String', Value: 'other', Tags: { stage: 'y' } };
    expect((await parameter.update(next)).attributes['Value']).toBe('other');
    expect(await parameter.read()).toEqual(next);
    await parameter.delete();
    expect(await parameter.read()).toBeUndefined();
    await parameter.delete();
  });

  it('is named by CloudFormation where it has no name', async () => {
    const properties = { Type: 'StringList', Value: 'a,b' };
    const parameter = await trialResource(stack, 'AWS::SSM::Parameter', properties, 'Zones');
    expect(parameter.kept().id).toMatch(/^CFN-Zones-[A-Za-z0-9]{12}$/);
    await parameter.delete();
  });
});
