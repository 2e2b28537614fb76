/** Behaviours that servers other than AWS may lack. */
export const capabilities = [
  'platformLogLines',
  'logTail',
  'rejectsCallbackHandlers',
  /** A call that failed says so beside its answer. */
  'functionErrors',
  /** The `errorType` of a call that failed is the name of the error that was thrown. */
  'errorTypes',
  /** The answer to a call, or the end of its log, has the id that the function was told. */
  'requestIds',
  'iamTrust',
  /** A function may do what its role allows, and nothing else. */
  'iamEnforcement',
  /** An event that nobody waits for, and that the function fails on, goes to the function's dead-letter queue. */
  'asyncDeadLetters',
  /** Such an event goes to the function's destination for failures. */
  'asyncDestinations',
  'jsonLogs',
  /** The REPORT line of an environment's first call, and of no other, has an Init Duration. */
  'initDuration',
  /** `ApplicationLogLevel` hides lines below it. */
  'logLevels',
  /** TestMetricFilter and FilterLogEvents know JSON patterns. */
  'filterPatterns',
  'logInsights',
  'metricFilters',
  'metricAlarms',
  /** A method that asks for an API key lets in nobody without one. */
  'apiKeys',
  /** A key that was made without a word on it is disabled. */
  'keysDisabledAtFirst',
  /** A key that was disabled is let in nowhere. */
  'disabledApiKeys',
  /** The event of a request with a key names it. */
  'apiKeyIdentity',
  'planThrottles',
  /** A plan's limit for one method stands in place of the plan's own. */
  'methodThrottles',
  'planQuotas',
  /** A plan tells how much of a quota each key has used, and lets what is left be changed. */
  'planUsage',
  /** A Lambda authorizer is asked, and its policy is held against the request. */
  'lambdaAuthorizers',
  /** What an authorizer answered is held against the next requests of the same token. */
  'authorizerCache',
  /** A method's validator refuses what lacks a required parameter, or is not like the model. */
  'requestValidation',
  /** A function is given path parameters as they stand in the path, with what is encoded in it. */
  'encodedPathParameters',
  /** A mock takes its status from its request template, and its body from its response template. */
  'mockTemplates',
  /** Refusals of the gateway have the headers and the body that an API has given them. */
  'gatewayResponses',
  /** A stage shows the deployment that it points at, as it was when it was taken. */
  'deploymentSnapshots',
  /** A stage variable in the URI of an integration is filled in. */
  'stageVariableUris',
  /** A stage divides requests between two deployments. */
  'canaryReleases',
  /** A patch copies what a canary has to its stage. */
  'canaryPromotions',
  /** Each alias of a function has a policy of its own. */
  'aliasPolicies',
  /** CloudFormation knows SAM's transform. */
  'samTransform',
  /** A stack that cannot be updated is as it was before. */
  'stackRollbacks',
  /** A function of a template gets the dead-letter queue that the template names. */
  'stackDeadLetters',
  /** An HTTP API of a template gets the routes that stand in its body, as SAM writes them. */
  'stackHttpApis',
] as const;
export type Capability = (typeof capabilities)[number];
