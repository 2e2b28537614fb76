/** What this lab calls its resources, before `LAB_PREFIX`. */
export const names = {
  function: 'lab04-lifecycle',
  kill: 'lab04-kill',
  /** Copies of the student's function: one is graded, one is measured. Each is deleted by whoever made it. */
  graded: 'lab04-lifecycle-check',
  measured: 'lab04-lifecycle-measure',
  role: 'lab04-lifecycle-role',
  table: 'lab04-visits',
  logGroup: '/aws/lambda/lab04-lifecycle',
  killLogGroup: '/aws/lambda/lab04-kill',
} as const;

/** The alias that callers use. Its name belongs to the function: it takes no prefix. */
export const alias = 'live';
