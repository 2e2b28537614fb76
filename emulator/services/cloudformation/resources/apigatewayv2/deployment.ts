import { fromOperations } from '../gateway/from-operations.ts';
import { picked, text } from '../translate/shaped.ts';
import { changesOf } from './changes.ts';
import { listed } from './listed.ts';

/**
 * `AWS::ApiGatewayV2::Deployment`. `Ref` is the deployment's id.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-deployment.html
 */
export const deployment = fromOperations({
  async create(properties, work) {
    const { DeploymentId = '' } = await work.call('apigatewayv2', 'CreateDeployment', {
      ApiId: text(properties['ApiId']),
      Description: text(properties['Description']),
      StageName: text(properties['StageName']),
    });
    return { id: DeploymentId, attributes: { DeploymentId } };
  },
  async look({ id, properties }, work) {
    const ApiId = text(properties['ApiId']);
    const { Description } = await work.call('apigatewayv2', 'GetDeployment', { ApiId, DeploymentId: id });
    return {
      ...picked(properties, 'ApiId', 'StageName'),
      ...(Description !== undefined && { Description }),
    };
  },
  async change({ id, properties }, now, wanted, work) {
    const ApiId = text(properties['ApiId']);
    const place = { ApiId, DeploymentId: id };
    const changes = changesOf(now, wanted, ['Description'], { becomes: { Description: '' } });
    if (changes !== undefined) await work.call('apigatewayv2', 'UpdateDeployment', { ...changes, ...place });
    const StageName = text(wanted['StageName']);
    if (StageName !== undefined && StageName !== properties['StageName'])
      await work.call('apigatewayv2', 'UpdateStage', { ApiId, StageName, DeploymentId: id });
  },
  remove: ({ id, properties }, work) =>
    work.call('apigatewayv2', 'DeleteDeployment', { ApiId: text(properties['ApiId']), DeploymentId: id }),
  /** By its description alone, as for REST APIs. */
  async trace(properties, work) {
    const ApiId = text(properties['ApiId']);
    const wanted = text(properties['Description']);
    if (wanted === undefined) return undefined;
    const all = await listed((page) => work.call('apigatewayv2', 'GetDeployments', { ApiId, ...page }));
    const stages = await listed((page) => work.call('apigatewayv2', 'GetStages', { ApiId, ...page }));
    const served = new Set(stages.map(({ DeploymentId }) => DeploymentId));
    return all.find(({ Description, DeploymentId }) => Description === wanted && !served.has(DeploymentId))
      ?.DeploymentId;
  },
});
