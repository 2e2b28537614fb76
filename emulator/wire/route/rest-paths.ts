/**
 * The first step of every REST path of each service, for requests that carry no signature and for services that
 * share a signing name. A test compares this with the routes that the SDK models; S3 owns every path that no other
 * service does, since its first step is the bucket.
 */
export const restPaths: Readonly<Record<string, RegExp>> = {
  apigateway:
    /^\/(account|apikeys|clientcertificates|domainnames|domainnameaccessassociations|rejectdomainnameaccessassociations|restapis|sdktypes|tags|usageplans|vpclinks)(\/|$)/,
  apigatewaymanagementapi: /^\/@connections\//,
  apigatewayv2: /^\/v2\//,
  lambda: /^\/20\d\d-\d\d-\d\d\//,
  s3: /^\//,
};
