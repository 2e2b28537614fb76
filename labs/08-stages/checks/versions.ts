import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  ResourceNotFoundException,
  type AliasConfiguration,
} from '@aws-sdk/client-lambda';
import { shown } from '../../wording/wording.ts';
import { aliases, names, type Alias } from '../names.ts';
import type { Context, LabCheck } from './context.ts';

/** The version that each alias stands for. */
export type Versions = Readonly<Record<Alias, string>>;

/** What the check `versions` has found. */
export const versionsOf = (context: Context): Versions => context.from<Versions>('versions');

const versions: LabCheck = {
  id: 'versions',
  title: (text) => text.versions.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.versions.hints,
  async run(context): Promise<Versions> {
    const { text } = context;
    const [blue, green] = await Promise.all(aliases.map((alias) => versionBehind(context, alias)));
    if (blue === undefined || green === undefined) throw new Error('an alias was found and is not there');
    if (blue === green)
      return context.fail({ ...text.versions.same(blue), expected: shown({ blue: '1', green: '2' }) });
    const codes = await Promise.all(
      [blue, green].map(async (Qualifier) => {
        const FunctionName = context.name(names.function);
        const { CodeSha256 } = await context.clients.lambda.send(
          new GetFunctionConfigurationCommand({ FunctionName, Qualifier }),
        );
        return { Version: Qualifier, CodeSha256 };
      }),
    );
    if (codes[0]?.CodeSha256 === codes[1]?.CodeSha256)
      context.fail({
        ...text.versions.sameCode(blue, green),
        evidence: [{ label: 'GetFunctionConfiguration', value: shown(codes) }],
      });
    return { blue, green };
  },
};

/** The version that an alias stands for, and it alone. */
async function versionBehind(context: Context, alias: Alias): Promise<string> {
  const { text } = context;
  const found = await readAlias(context, alias);
  if (found === undefined) return context.fail({ ...text.versions.missing(alias), expected: alias });
  const { FunctionVersion = '', RoutingConfig } = found;
  const evidence = [{ label: 'GetAlias', value: shown({ Name: alias, FunctionVersion, RoutingConfig }) }];
  if (!/^\d+$/.test(FunctionVersion))
    context.fail({ ...text.versions.latest(alias), actual: FunctionVersion, evidence });
  if (Object.values(RoutingConfig?.AdditionalVersionWeights ?? {}).some((weight) => weight > 0))
    context.fail({ ...text.versions.weighted(alias), evidence });
  return FunctionVersion;
}

async function readAlias(context: Context, Name: Alias): Promise<AliasConfiguration | undefined> {
  const FunctionName = context.name(names.function);
  try {
    return await context.clients.lambda.send(new GetAliasCommand({ FunctionName, Name }));
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

export const versionChecks = { versions };
