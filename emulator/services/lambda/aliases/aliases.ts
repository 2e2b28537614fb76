import type { AliasConfiguration, AliasRoutingConfiguration } from '@aws-sdk/client-lambda';
import type { Call, Scope } from '../../../service/call.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import {
  conflict,
  constraintBroken,
  functionNotFound,
  invalidParameter,
  notFound,
  revisionMismatch,
} from '../failures.ts';
import { functionArn, readFunctionName, scopeOf } from '../names/name.ts';
import { pageOf } from '../paging.ts';
import type { AliasRecord } from '../versions/record.ts';

type Aliasing = 'CreateAlias' | 'GetAlias' | 'UpdateAlias' | 'DeleteAlias' | 'ListAliases';

/** `CreateAlias`, `GetAlias`, `UpdateAlias`, `DeleteAlias` and `ListAliases`. */
export function aliasOperations(context: LambdaContext): Required<Pick<LambdaOperations, Aliasing>> {
  const { functions, versions } = context;

  const named = (call: Call, value: string | undefined): string => readFunctionName(value ?? '', call).name;

  const checkVersion = (call: Call, name: string, version: string): void => {
    const record = functions.find(call, name);
    if (record === undefined || versions.view(call, record, version) === undefined) {
      throw functionNotFound(functionArn(call, name, version));
    }
  };

  const checkWeights = (
    call: Call,
    name: string,
    version: string,
    routing: AliasRoutingConfiguration | undefined,
  ): AliasRecord['weights'] => {
    const weights = Object.entries(routing?.AdditionalVersionWeights ?? {});
    for (const [of, weight] of weights) {
      if (weight >= 0 && weight <= 1) continue;
      throw constraintBroken(
        `{${of}=${Number.isInteger(weight) ? weight.toFixed(1) : weight}}`,
        'routingConfig.additionalVersionWeights',
        'Map value must satisfy constraint: [Member must have value less than or equal to 1.0, Member must have value greater than or equal to 0.0, Member must not be null]',
      );
    }
    if (weights.length === 0) return {};
    if (weights.length > 1) {
      throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1');
    }
    for (const [of] of weights) {
      if (of === '$LATEST' || version === '$LATEST') {
        throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version');
      }
      if (of === version) {
        throw invalidParameter(
          `Invalid function version ${of}. Function version ${of} is already included in routing configuration.`,
        );
      }
      checkVersion(call, name, of);
    }
    return Object.fromEntries(weights);
  };

  return {
    CreateAlias(input, call) {
      const name = named(call, input.FunctionName);
      const alias = input.Name ?? '';
      const version = input.FunctionVersion ?? '';
      checkVersion(call, name, version);
      if (versions.findAlias(call, name, alias) !== undefined) {
        throw conflict(`Alias already exists: ${functionArn(call, name, alias)}`);
      }
      const weights = checkWeights(call, name, version, input.RoutingConfig);
      const made = versions.setAlias(call, {
        functionName: name,
        name: alias,
        version,
        description: input.Description ?? '',
        weights,
        statements: [],
      });
      return told(call, made);
    },

    GetAlias(input, call) {
      const name = named(call, input.FunctionName);
      const found = versions.findAlias(call, name, input.Name ?? '');
      if (found === undefined) throw aliasNotFound(call, name, input.Name ?? '');
      return told(call, found);
    },

    UpdateAlias(input, call) {
      const name = named(call, input.FunctionName);
      const alias = input.Name ?? '';
      const found = versions.findAlias(call, name, alias);
      if (found === undefined) throw notFound(`Alias not found: ${functionArn(call, name, alias)}`);
      if (input.RevisionId !== undefined && input.RevisionId !== found.revisionId) throw revisionMismatch();
      const version = input.FunctionVersion ?? found.version;
      checkVersion(call, name, version);
      const weights =
        input.RoutingConfig === undefined
          ? // A further version that has become the alias's own is no further one.
            withoutVersion(found.weights, version)
          : checkWeights(call, name, version, input.RoutingConfig);
      const changed = versions.setAlias(call, {
        ...found,
        version,
        description: input.Description ?? found.description,
        weights,
      });
      context.changes.tell({ is: 'alias moved', scope: scopeOf(call), name, qualifier: alias });
      return told(call, changed);
    },

    DeleteAlias(input, call) {
      const name = named(call, input.FunctionName);
      const qualifier = input.Name ?? '';
      // Nothing is said of an alias that is not there.
      versions.deleteAlias(call, name, qualifier);
      context.changes.tell({ is: 'alias deleted', scope: scopeOf(call), name, qualifier });
      return {};
    },

    ListAliases(input, call) {
      const name = named(call, input.FunctionName);
      functions.get(call, { name, qualifier: undefined });
      const all = versions
        .listAliases(call, name)
        .filter(({ version }) => input.FunctionVersion === undefined || version === input.FunctionVersion);
      const { items, next } = pageOf(all, (alias) => alias.name, input);
      return { Aliases: items.map((alias) => told(call, alias)), ...next };
    },
  };
}

/** The alias is not there (recorded: alias_does_not_exist_esc). */
export const aliasNotFound = (scope: Scope, name: string, alias: string) =>
  notFound(`Cannot find alias arn: ${functionArn(scope, name, alias)}`);

function withoutVersion(weights: AliasRecord['weights'], version: string): AliasRecord['weights'] {
  return Object.fromEntries(Object.entries(weights).filter(([of]) => of !== version));
}

function told(scope: Scope, alias: AliasRecord): AliasConfiguration {
  return {
    AliasArn: functionArn(scope, alias.functionName, alias.name),
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    RevisionId: alias.revisionId,
    ...(Object.keys(alias.weights).length === 0
      ? {}
      : { RoutingConfig: { AdditionalVersionWeights: alias.weights } }),
  };
}
