import { notBuilt } from '../failures.ts';

const instead: Readonly<Record<string, string>> = {
  Expected: 'ConditionExpression',
  ConditionalOperator: 'ConditionExpression',
  AttributeUpdates: 'UpdateExpression',
  AttributesToGet: 'ProjectionExpression',
  KeyConditions: 'KeyConditionExpression',
  QueryFilter: 'FilterExpression',
  ScanFilter: 'FilterExpression',
};

/**
 * Parameters from before there were expressions are refused, not passed over.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/LegacyConditionalParameters.html
 * @throws ServiceFailure 501 where the request has one
 */
export function refuseLegacy(input: object): void {
  for (const [name, value] of Object.entries(input)) {
    const expression = Object.hasOwn(instead, name) ? instead[name] : undefined;
    if (expression !== undefined && value !== undefined)
      throw notBuilt(`The legacy parameter ${name} (AWS recommends ${expression} in its place)`);
  }
}
