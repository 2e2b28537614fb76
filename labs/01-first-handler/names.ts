/** What this lab calls its resources, before `LAB_PREFIX`. */
export const names = {
  function: 'lab01-greeter',
  /** A copy of the student's function that the grader runs with another configuration, and deletes. */
  copy: 'lab01-greeter-check',
  role: 'lab01-greeter-role',
  logGroup: '/aws/lambda/lab01-greeter',
  copyLogGroup: '/aws/lambda/lab01-greeter-check',
} as const;
