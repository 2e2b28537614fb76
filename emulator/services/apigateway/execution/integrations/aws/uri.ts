/** What an integration's URI names of AWS: `arn:aws:apigateway:us-east-1:sqs:path/111111111111/queue`. */
export interface ServiceUri {
  readonly region: string;
  /** `sqs` */
  readonly service: string;
  /** What stands before the service: `bucket` in `bucket.s3`. */
  readonly subdomain: string | undefined;
  readonly kind: 'path' | 'action';
  /** Behind `path/` or `action/`. */
  readonly rest: string;
}

/** https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html#apigw-PutIntegration-request-uri */
export function serviceUri(uri: string): ServiceUri | undefined {
  const [, region, name = '', kind, rest = ''] =
    /^arn:[^:]+:apigateway:([^:]+):([^:]+):(path|action)\/(.*)$/s.exec(uri) ?? [];
  if (region === undefined || (kind !== 'path' && kind !== 'action')) return undefined;
  const dot = name.lastIndexOf('.');
  return {
    region,
    service: name.slice(dot + 1),
    subdomain: dot === -1 ? undefined : name.slice(0, dot),
    kind,
    rest,
  };
}
