/** The stacks of this lab, before `LAB_PREFIX`: what `samconfig.toml` of each application says. */
export const stacks = {
  hello: 'lab09-hello-api',
  todo: 'lab09-todo-crud',
  inbox: 'lab09-image-inbox',
  desk: 'lab09-order-desk',
} as const;
export type StackName = keyof typeof stacks;

/** Where `npm run deploy` puts packages. */
export const artifacts = 'lab09-artifacts-{account}';

/**
 * Copies of the student's stacks, which the grader breaks and deletes: their own stay as they are. One that a killed run
 * has left is deleted before the next, and `clean` deletes it, too.
 */
export const probes = {
  rollback: 'coldstart-probe-lab09-rollback',
  removal: 'coldstart-probe-lab09-removal',
} as const;

/** A function that nobody has. */
export const nobody = 'coldstart-probe-nobody';

/** What a template of the SAM CLI says of itself. */
export const transform = 'AWS::Serverless-2016-10-31';
