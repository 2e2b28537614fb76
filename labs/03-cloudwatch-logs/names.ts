/** What this lab calls its resources, before `LAB_PREFIX`. */
export const names = {
  function: 'lab03-checkout',
  /** A copy of the student's function that the grader runs with every level switched on, and deletes. */
  copy: 'lab03-checkout-check',
  role: 'lab03-checkout-role',
  logGroup: '/aws/lambda/lab03-checkout',
  /** A student may let the function write to a group of its own; the guide proposes this name. */
  ownLogGroup: '/lab03/checkout',
  /** A log group that the grader fills with lines of its own making, and deletes. */
  probeLogGroup: 'coldstart-probe-lab03',
  alarm: 'lab03-declined',
  namespace: 'lab03-checkout',
  metric: 'DeclinedPayments',
} as const;

/** Files of the student that checks read. */
export const files = { pattern: 'declined.pattern', query: 'slow.query', answers: 'answers.yaml' } as const;

/** From this many milliseconds on a checkout is slow. */
export const slowFrom = 1000;
/** So many declined payments within a minute are an alarm. */
export const alarming = 3;
export const retentionDays = 7;

/** Order ids say whose order it is. */
export const orders = { ofGrader: 'check', ofCustomers: 'case' } as const;
