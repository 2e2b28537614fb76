import { ListFunctionsCommand } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ApplicationFailure } from '../../cli/deploy/application/fault.ts';
import type { Inventory } from './inventory.ts';
import { openPlace, type Place } from './place.ts';

/** How an application is known to work. */
export interface Proof {
  /** Values of parameters that have no default. */
  readonly parameters?: () => Readonly<Record<string, string>>;
  /** It does what it is there for. Asked after each deployment, of new data each time. */
  readonly works: (place: Place) => Promise<void>;
  /** What somebody can see from outside: another text in the template, or other values of parameters. */
  readonly change:
    | { readonly from: string; readonly to: string }
    | { readonly parameters: Readonly<Record<string, string>> };
  /** The change is seen. */
  readonly changed: (place: Place) => Promise<void>;
}

/** Fails late: the function it depends on has been changed by then, and has to be changed back. */
const broken = (after: string) => `Resources:
  Broken:
    Type: AWS::IAM::Role
    DependsOn: ${after}
    Properties:
      AssumeRolePolicyDocument:
        Version: '2012-10-17'
        Statement:
          - Effect: Allow
            Principal: { Service: lambda.amazonaws.com }
            Action: sts:AssumeRole
      ManagedPolicyArns:
        - !Sub arn:\${AWS::Partition}:iam::\${AWS::AccountId}:policy/there-is-none

`;

/** Of all functions that there are. */
async function memoryOf({ pool }: Place): Promise<(number | undefined)[]> {
  const { Functions = [] } = await (await pool.load('lambda')).send(new ListFunctionsCommand({}));
  return [...new Set(Functions.map(({ MemorySize }) => MemorySize))];
}

/** Deploys a template through CloudFormation, uses it, changes it, breaks it and removes it. */
export function proveApplication(name: string, { parameters, works, change, changed }: Proof): void {
  describe(`${name}, deployed`, { timeout: 120_000 }, () => {
    let place: Place;
    let before: Inventory;
    beforeAll(async () => {
      place = await openPlace(name);
      before = await place.inventory();
      // Every service that there is has been loaded by then.
    }, 240_000);
    afterAll(() => place.stop());

    it('is made, and works', async () => {
      expect(await place.deploy(parameters?.())).toMatchObject({ outcome: 'created' });
      await works(place);
    });

    it('is changed in place', async () => {
      const made = await place.inventory();
      if ('from' in change) place.edit(change.from, change.to);
      const values = 'from' in change ? {} : change.parameters;
      expect(await place.deploy(values)).toMatchObject({ outcome: 'updated' });
      await changed(place);
      await works(place);
      expect(await place.inventory()).toEqual(made);
    });

    it('is not deployed again where nothing has changed', async () => {
      expect(await place.deploy()).toMatchObject({ outcome: 'unchanged' });
    });

    it('is as it was after an update that failed', async () => {
      const made = await place.inventory();
      const [, after = ''] = /^ {2}(\w+Function):/m.exec(place.template()) ?? [];
      place.edit('Resources:\n', broken(after));
      place.edit('MemorySize: 256', 'MemorySize: 512');
      const failure = await place.deploy().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(ApplicationFailure);
      expect((failure as ApplicationFailure).fault).toMatchObject({
        kind: 'failed',
        stackStatus: 'UPDATE_ROLLBACK_COMPLETE',
        first: { logicalId: 'Broken' },
      });
      await changed(place);
      await works(place);
      expect(await memoryOf(place)).toEqual([256]);
      expect(await place.inventory()).toEqual(made);
    });

    it('leaves nothing behind', async () => {
      await place.remove();
      expect(await place.inventory()).toEqual(before);
    });
  });
}
