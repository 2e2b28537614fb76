import type { MethodSetting } from '@aws-sdk/client-api-gateway';
import type { ServedStage } from '../../port.ts';
import { settingsOf } from '../../stages/method-settings.ts';
import type { Route } from '../routes/tree.ts';
import { compiledApi, type CompiledApi } from './api.ts';

/** One of the two things that a stage may answer with: what is deployed, or its canary. */
export interface Side {
  readonly isCanary: boolean;
  readonly deploymentId: string;
  readonly api: CompiledApi;
  readonly variables: Readonly<Record<string, string>>;
}

/** A stage made ready to serve. */
export interface CompiledStage {
  readonly served: ServedStage;
  readonly base: Side;
  readonly canary: Side | undefined;
  /** 0 to 100 */
  readonly canaryPercent: number;
  /** The settings that hold for a method. */
  readonly settings: (route: Route) => MethodSetting | undefined;
  /** Whether a method has settings of its own. */
  readonly hasOwnSettings: (route: Route) => boolean;
}

const compiled = new WeakMap<ServedStage, CompiledStage>();

/** Once for each state of a stage. */
export function compiledStage(served: ServedStage): CompiledStage {
  let stage = compiled.get(served);
  if (stage === undefined) compiled.set(served, (stage = compile(served)));
  return stage;
}

function compile(served: ServedStage): CompiledStage {
  const { stage, snapshot, canary } = served;
  const variables = stage.variables ?? {};
  const settings = new Map<Route, MethodSetting | undefined>();
  return {
    served,
    base: {
      isCanary: false,
      deploymentId: snapshot.deploymentId,
      api: compiledApi(snapshot.definition),
      variables,
    },
    canary: canary && {
      isCanary: true,
      deploymentId: canary.deploymentId,
      api: compiledApi(canary.definition),
      variables: { ...variables, ...stage.canarySettings?.stageVariableOverrides },
    },
    canaryPercent: stage.canarySettings?.percentTraffic ?? 0,
    hasOwnSettings({ resource, name }) {
      const own = Object.entries(stage.methodSettings ?? {}).filter(([key]) => key !== '*/*');
      return settingsOf({ methodSettings: Object.fromEntries(own) }, resource.path, name) !== undefined;
    },
    settings(route) {
      if (settings.has(route)) return settings.get(route);
      const found = settingsOf(stage, route.resource.path, route.name);
      settings.set(route, found);
      return found;
    },
  };
}
