import type { CreateStageRequest, UpdateStageRequest } from '@aws-sdk/client-apigatewayv2';
import { fromOperations } from '../gateway/from-operations.ts';
import { ifThere } from '../translate/gone.ts';
import { isObject, membersIn } from '../gateway/narrowed.ts';
import type { Properties } from '../resource-type.ts';
import { picked, shaped, text } from '../translate/shaped.ts';
import { allTags, ownTags } from '../translate/tags.ts';
import { changesOf } from './changes.ts';
import { retagAt } from './tagged.ts';
import { told } from './told.ts';

const names = [
  'AccessLogSettings',
  'AutoDeploy',
  'ClientCertificateId',
  'DefaultRouteSettings',
  'DeploymentId',
  'Description',
  'RouteSettings',
  'StageVariables',
];

const unsaid = {
  becomes: { AutoDeploy: false, ClientCertificateId: '', Description: '', StageVariables: {} },
  emptied: { StageVariables: '' },
};

const placeOf = (properties: Properties) => ({
  ApiId: text(properties['ApiId']),
  StageName: text(properties['StageName']),
});

/**
 * `AWS::ApiGatewayV2::Stage`. `Ref` is the stage's name.
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-stage.html
 */
export const stage = fromOperations({
  nameOf: (properties) => text(properties['StageName']),
  async create(properties, work) {
    const { StageName = '' } = await work.call('apigatewayv2', 'CreateStage', {
      ...shaped<CreateStageRequest>(picked(properties, 'ApiId', 'StageName', ...names)),
      Tags: { ...allTags(properties['Tags'], work) },
    });
    return { id: StageName, attributes: {} };
  },
  async look({ properties }, work) {
    const { Tags, ...now } = await work.call('apigatewayv2', 'GetStage', placeOf(properties));
    return { ...told(now), Tags: { ...ownTags(Tags, work) }, ...picked(properties, 'ApiId') };
  },
  async change({ properties }, now, wanted, work) {
    const place = placeOf(properties);
    const isGone = now['AccessLogSettings'] !== undefined && wanted['AccessLogSettings'] === undefined;
    if (isGone) await work.call('apigatewayv2', 'DeleteAccessLogSettings', place);
    const settings = isObject(wanted['RouteSettings']) ? wanted['RouteSettings'] : {};
    for (const [RouteKey] of membersIn(now['RouteSettings']))
      if (settings[RouteKey] === undefined)
        await ifThere(work.call('apigatewayv2', 'DeleteRouteSettings', { ...place, RouteKey }));
    const changes = changesOf(now, wanted, names, unsaid);
    if (changes !== undefined)
      await work.call('apigatewayv2', 'UpdateStage', { ...shaped<UpdateStageRequest>(changes), ...place });
    await retagAt(`/apis/${place.ApiId ?? ''}/stages/${place.StageName ?? ''}`, wanted['Tags'], work);
  },
  remove: ({ properties }, work) => work.call('apigatewayv2', 'DeleteStage', placeOf(properties)),
});
