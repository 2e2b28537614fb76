/** What this lab calls its resources, before `LAB_PREFIX`. */
export const names = {
  api: 'lab06-reports',
  function: 'lab06-reports',
  authorizer: 'lab06-authorizer',
  role: 'lab06-reports-role',
  key: 'lab06-key',
  plan: 'lab06-plan',
  logGroup: '/aws/lambda/lab06-reports',
  authorizerLogGroup: '/aws/lambda/lab06-authorizer',
} as const;

/** Keys that the checks make for themselves and delete: a student's own key keeps what its plan leaves it. */
export const probeKeys = {
  keys: 'lab06-check-keys',
  throttle: 'lab06-check-throttle',
  quota: 'lab06-check-quota',
  identity: 'lab06-check-identity',
} as const;

export const stage = 'dev';

/** The methods of the API. */
export const routes = {
  public: 'GET /public',
  reports: 'GET /reports',
  admin: 'GET /admin',
  publish: 'POST /admin',
} as const;
export type Route = (typeof routes)[keyof typeof routes];

/** What the usage plan grants to each of its keys. */
export const grant = {
  /** requests a second */
  rate: 5,
  /** requests at once */
  burst: 10,
  quota: 200,
  period: 'DAY',
} as const;

/** The environment variable of the authorizer that tokens are signed with. */
export const secretVariable = 'TOKEN_SECRET';
/** Characters: half of what SHA-256 makes, written in base64 or hexadecimal, has more. */
export const shortestSecret = 16;
