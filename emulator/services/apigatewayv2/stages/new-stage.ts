import type { ProtocolType, Stage } from '@aws-sdk/client-apigatewayv2';
import { said } from '../../../gateway/openapi/document.ts';
import type { StageDefinition } from '../definition/definition.ts';

/** A stage with AWS's defaults. @param now ms since 1970 */
export function newStage(
  protocol: ProtocolType,
  now: number,
  given: Partial<StageDefinition> & Pick<StageDefinition, 'StageName'>,
): StageDefinition {
  return {
    AutoDeploy: false,
    DefaultRouteSettings: defaultSettings(protocol),
    RouteSettings: {},
    StageVariables: {},
    ...said(given),
    createdAt: now,
    updatedAt: now,
  };
}

/** What holds for routes where nothing was said. */
export const defaultSettings = (protocol: ProtocolType): StageDefinition['DefaultRouteSettings'] =>
  protocol === 'HTTP'
    ? { DetailedMetricsEnabled: false }
    : { DataTraceEnabled: false, DetailedMetricsEnabled: false, LoggingLevel: 'OFF' };

/** A stage as AWS shows it. */
export function shownStage({ createdAt, updatedAt, Tags, ...own }: StageDefinition): Stage & {
  StageName: string;
} {
  return {
    ...own,
    CreatedDate: new Date(createdAt),
    LastUpdatedDate: new Date(updatedAt),
    Tags: { ...Tags },
  };
}
