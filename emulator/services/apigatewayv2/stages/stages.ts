import type { ProtocolType, RouteSettings } from '@aws-sdk/client-apigatewayv2';
import { badRequest, conflict, notFound } from '../../../gateway/failures.ts';
import { said } from '../../../gateway/openapi/document.ts';
import { checkTags } from '../../../gateway/tags.ts';
import type { Scope } from '../../../service/call.ts';
import { changed, merged, without } from '../changes.ts';
import type { ApiGatewayV2Operations } from '../client.ts';
import type { StageDefinition } from '../definition/definition.ts';
import { autoDeploy } from '../deployments/auto-deploy.ts';
import { itemsOf } from '../paging.ts';
import type { ApiStore } from '../store/store.ts';
import { checkStage, checkStageName, logs } from './check.ts';
import { defaultSettings, newStage, shownStage } from './new-stage.ts';

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html */
const MOST_STAGES = 10;

/** `CreateStage`, `GetStage(s)`, `UpdateStage`, `DeleteStage`, `DeleteRouteSettings`, `DeleteAccessLogSettings`. */
export function stageOperations(
  store: ApiStore,
  /** The role that execution logs of an account are written with, where it has one. */
  logsRole: (scope: Scope) => Promise<string | undefined>,
) {
  const keep = async (
    scope: Scope,
    apiId: string,
    protocol: ProtocolType,
    stage: StageDefinition,
  ): Promise<StageDefinition> => {
    checkStage(protocol, stage, store.routes.all(scope, apiId));
    const { DeploymentId } = stage;
    if (DeploymentId !== undefined && !store.deployments.has(scope, apiId, DeploymentId))
      throw notFound('Invalid deployment identifier specified');
    if (logs(stage) && (await logsRole(scope)) === undefined)
      throw badRequest('CloudWatch Logs role ARN must be set in account settings to enable logging');
    store.setStage(scope, apiId, stage);
    if (stage.AutoDeploy) autoDeploy(store, scope, apiId);
    return store.stageNamed(scope, apiId, stage.StageName);
  };
  return {
    async CreateStage({ ApiId, ...given }, call) {
      const { api } = store.named(call, ApiId);
      const { StageName = '', Tags, DefaultRouteSettings } = given;
      checkStageName(api.protocolType, StageName);
      if (store.stage(call, api.apiId, StageName) !== undefined) throw conflict('Stage already exists');
      if (store.stages(call, api.apiId).length >= MOST_STAGES)
        throw badRequest(
          'Maximum number of Stages for this API has been reached. Please contact AWS if you need additional Stages.',
        );
      const stage = newStage(api.protocolType, store.cloud.clock.now(), {
        ...given,
        StageName,
        DefaultRouteSettings: { ...defaultSettings(api.protocolType), ...said(DefaultRouteSettings ?? {}) },
        ...(Tags !== undefined && { Tags: checkTags(call, Tags) }),
      });
      return shownStage(await keep(call, api.apiId, api.protocolType, stage));
    },
    GetStage({ ApiId, StageName }, call) {
      return shownStage(store.stageNamed(call, ApiId, StageName));
    },
    GetStages({ ApiId, ...page }, call) {
      const { api } = store.named(call, ApiId);
      return itemsOf(store.stages(call, api.apiId), ({ StageName }) => StageName, shownStage, page);
    },
    async UpdateStage({ ApiId, StageName, ...given }, call) {
      const { api } = store.named(call, ApiId);
      const before = store.stageNamed(call, ApiId, StageName);
      const after = changed<StageDefinition>(before, {
        ...given,
        DefaultRouteSettings: settingsOver(before.DefaultRouteSettings, given.DefaultRouteSettings),
        RouteSettings: { ...before.RouteSettings, ...given.RouteSettings },
        StageVariables: merged(before.StageVariables, given.StageVariables) ?? {},
        updatedAt: store.cloud.clock.now(),
      });
      return shownStage(await keep(call, api.apiId, api.protocolType, after));
    },
    DeleteStage({ ApiId = '', StageName }, call) {
      store.deleteStage(call, ApiId, store.stageNamed(call, ApiId, StageName).StageName);
      return {};
    },
    DeleteRouteSettings({ ApiId = '', StageName, RouteKey = '' }, call) {
      const stage = store.stageNamed(call, ApiId, StageName);
      const { [RouteKey]: gone, ...rest } = stage.RouteSettings;
      if (gone === undefined) throw notFound(`Unable to find Route by key ${RouteKey} within the Stage`);
      store.setStage(call, ApiId, { ...stage, RouteSettings: rest, updatedAt: store.cloud.clock.now() });
      return {};
    },
    DeleteAccessLogSettings({ ApiId = '', StageName }, call) {
      const stage = without(store.stageNamed(call, ApiId, StageName), 'AccessLogSettings');
      store.setStage(call, ApiId, { ...stage, updatedAt: store.cloud.clock.now() });
      return {};
    },
  } satisfies ApiGatewayV2Operations;
}

const settingsOver = (before: RouteSettings, given: RouteSettings | undefined): RouteSettings =>
  given === undefined ? before : { ...before, ...said(given) };
