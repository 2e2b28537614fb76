/** What this lab calls its resources, before `LAB_PREFIX`. */
export const names = {
  api: 'lab08-shop',
  function: 'lab08-shop',
  role: 'lab08-shop-role',
  logGroup: '/aws/lambda/lab08-shop',
} as const;

/** The function's aliases: the first and the second release. Their names belong to the function and take no prefix. */
export const aliases = ['blue', 'green'] as const;
export type Alias = (typeof aliases)[number];

export const stageNames = ['dev', 'prod'] as const;
export type StageName = (typeof stageNames)[number];

/** The methods of the API. */
export const routes = {
  release: 'GET /release',
  v1: 'GET /v1/quote',
  v2: 'GET /v2/quote',
  notice: 'GET /notice',
  draft: 'GET /draft',
} as const;

/** Which methods call the function, by the alias that they call it by. */
export const called: Readonly<Record<Alias, readonly string[]>> = {
  blue: [routes.release, routes.v1],
  green: [routes.release, routes.v1, routes.v2],
};

/**
 * Stages that the grader makes for its trials and removes again: the student's own stay as they are. One that a killed
 * run left is replaced, and `clean` removes it with the API.
 */
export const trialStages = {
  alias: 'coldstart-probe-alias',
  rollback: 'coldstart-probe-rollback',
  canary: 'coldstart-probe-canary',
} as const;

/** Where the student records what happens to the stages. */
export const changelog = 'CHANGELOG.md';
