import type { Target } from './target.ts';

/**
 * Where a stage of a REST API answers, without a slash at its end. Local servers serve all APIs at their own address.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html
 */
export function invokeUrl(
  { endpoint, region }: Pick<Target, 'endpoint' | 'region'>,
  apiId: string,
  stage: string,
): string {
  if (endpoint !== undefined) return new URL(`/_aws/execute-api/${apiId}/${stage}`, endpoint).href;
  const suffix = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  return `https://${apiId}.execute-api.${region}.${suffix}/${stage}`;
}
