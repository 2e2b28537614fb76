import type { Scope } from '../service/call.ts';
import type { ApiRows, StageListener } from './api-rows.ts';

/** A deployment: an immutable copy of an API. The same object at every call, so that what is compiled of it can be kept by it. */
export interface Snapshot<Definition> {
  readonly deploymentId: string;
  readonly definition: Definition;
}

/** A stage as the data planes serve it. A new object whenever anything of the stage has changed, else the same. */
export interface ServedStage<Stage, Definition> {
  readonly scope: Scope;
  readonly stage: Stage;
  readonly snapshot: Snapshot<Definition>;
}

/** What the data planes ask of a control plane of APIs, whatever their kind. Every look-up takes the same time however much there is. */
export interface ServedStages<Served> {
  /** Where an API lives, by its id alone: ids are unique in the whole cloud, whatever the kind. Undefined where there is none. */
  scopeOf(apiId: string): Scope | undefined;
  /** A stage of an API that has a deployment. */
  stageOf(apiId: string, stageName: string): Served | undefined;
  /** Told whenever a stage has gone, changed or moved to another deployment. */
  onStageChange(listener: StageListener): void;
}

/**
 * The stages of a kind of API, each looked up once and kept until it changes.
 * @param look what is served of a stage; undefined where it has no deployment
 */
export function servedStages<Api, Stage, Served>(
  apis: ApiRows<Api, Stage>,
  look: (scope: Scope, apiId: string, stage: Stage) => Served | undefined,
): ServedStages<Served> {
  /** By API and stage. Only stages that are there are kept. */
  const served = new Map<string, Served>();
  apis.onStageChange((apiId, stageName) => served.delete(`${apiId}/${stageName}`));
  return {
    scopeOf: (apiId) => apis.scopeOf(apiId),
    stageOf(apiId, stageName) {
      const name = `${apiId}/${stageName}`;
      const known = served.get(name);
      if (known !== undefined) return known;
      const scope = apis.scopeOf(apiId);
      const stage = scope && apis.stage(scope, apiId, stageName);
      const found = scope && stage && look(scope, apiId, stage);
      if (found !== undefined) served.set(name, found);
      return found;
    },
    onStageChange: (listener) => apis.onStageChange(listener),
  };
}
