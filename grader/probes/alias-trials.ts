import {
  AddPermissionCommand,
  CreateAliasCommand,
  GetPolicyCommand,
  PublishVersionCommand,
} from '@aws-sdk/client-lambda';
import { roleOf } from './made-once.ts';
import { known } from './mock-method.ts';
import type { Source } from './throwaway.ts';
import { unlessRefused, type Trial } from './trial.ts';

const quiet: Source = {
  runtime: 'nodejs24.x',
  file: 'index.mjs',
  code: 'export const handler = async () => null;',
};

/** Whether aliases of a function are apart, as on AWS. */
export const aliasTrials = {
  /** Two aliases may have a statement of the same name, and each shows its own. */
  aliasPolicies: unlessRefused(async (place) => {
    const { lambda } = place.clients;
    const FunctionName = await place.make(quiet, await roleOf(place));
    const { Version } = await lambda.send(new PublishVersionCommand({ FunctionName }));
    const resources: (string | undefined)[] = [];
    for (const Qualifier of ['one', 'two']) {
      await lambda.send(new CreateAliasCommand({ FunctionName, Name: Qualifier, FunctionVersion: Version }));
      await lambda.send(
        new AddPermissionCommand({
          FunctionName,
          Qualifier,
          StatementId: 'trial',
          Principal: 'apigateway.amazonaws.com',
          Action: 'lambda:InvokeFunction',
        }),
      );
      const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName, Qualifier }));
      const { Statement } = JSON.parse(known(Policy)) as { Statement: readonly { Resource?: string }[] };
      resources.push(...Statement.map(({ Resource }) => Resource?.split(':').at(-1)));
    }
    return resources.join() === 'one,two';
  }),
} as const satisfies Readonly<Record<string, Trial>>;
