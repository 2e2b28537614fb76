import type { Call } from '../../../service/call.ts';
import type { LambdaContext, LambdaOperations } from '../context.ts';
import { conflict, constraintBroken, notFound } from '../failures.ts';
import { checkRevision } from '../functions/functions.ts';
import { scopeOf } from '../names/name.ts';
import { policyText } from '../permissions/policy.ts';
import type { Statement } from '../permissions/statement.ts';
import { layerArn } from './layers.ts';
import type { LayerVersionRecord } from './layers.ts';
import { checkVersion, readLayerName } from './operations.ts';

type Permitting = 'AddLayerVersionPermission' | 'RemoveLayerVersionPermission' | 'GetLayerVersionPolicy';

/** `AddLayerVersionPermission`, `RemoveLayerVersionPermission` and `GetLayerVersionPolicy`. */
export function layerPermissionOperations({
  layers,
}: LambdaContext): Required<Pick<LambdaOperations, Permitting>> {
  const named = (
    call: Call,
    value: string | undefined,
    version: number | undefined,
  ): { readonly layer: LayerVersionRecord; readonly arn: string } => {
    const name = readLayerName(value, call);
    const number = checkVersion(version);
    const arn = layerArn(call, name, number);
    const layer = layers.find(call, name, number);
    if (layer === undefined) throw notFound(`Layer version ${arn} does not exist.`);
    return { layer, arn };
  };
  return {
    AddLayerVersionPermission(input, call) {
      if (input.Action !== 'lambda:GetLayerVersion') {
        throw constraintBroken(
          input.Action ?? '',
          'action',
          'Member must satisfy regular expression pattern: lambda:GetLayerVersion',
        );
      }
      const { layer, arn } = named(call, input.LayerName, input.VersionNumber);
      checkRevision(layer, input.RevisionId);
      const sid = input.StatementId ?? '';
      if (layer.statements.some(({ Sid }) => Sid === sid)) {
        throw conflict(
          `The statement id (${sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
        );
      }
      const principal = input.Principal ?? '';
      const statement: Statement = {
        Sid: sid,
        Effect: 'Allow',
        Principal:
          principal === '*'
            ? '*'
            : { AWS: /^\d{12}$/.test(principal) ? `arn:aws:iam::${principal}:root` : principal },
        Action: 'lambda:GetLayerVersion',
        Resource: arn,
        ...(input.OrganizationId === undefined
          ? {}
          : { Condition: { StringEquals: { 'aws:PrincipalOrgID': input.OrganizationId } } }),
      };
      const changed = layers.setStatements(scopeOf(call), layer, [...layer.statements, statement]);
      return { Statement: JSON.stringify(statement), RevisionId: changed.revisionId };
    },
    RemoveLayerVersionPermission(input, call) {
      const { layer } = named(call, input.LayerName, input.VersionNumber);
      checkRevision(layer, input.RevisionId);
      const left = layer.statements.filter(({ Sid }) => Sid !== input.StatementId);
      if (left.length === layer.statements.length) {
        throw notFound(`Statement ${input.StatementId ?? ''} is not found in resource policy.`);
      }
      layers.setStatements(scopeOf(call), layer, left);
      return {};
    },
    GetLayerVersionPolicy(input, call) {
      const { layer } = named(call, input.LayerName, input.VersionNumber);
      if (layer.statements.length === 0) throw notFound('No policy is associated with the given resource.');
      return { Policy: policyText(layer.statements), RevisionId: layer.revisionId };
    },
  };
}
