/** What this lab calls its resources, before `LAB_PREFIX`. */
export const names = {
  /** Bucket names are taken for all of AWS once somebody has them: the account id makes this one the student's. */
  bucket: 'lab02-orders-{account}',
  queue: 'lab02-orders',
  deadLetters: 'lab02-orders-dead',
  tables: {
    orders: 'lab02-orders',
    audit: 'lab02-audit',
    notices: 'lab02-notices',
    digests: 'lab02-digests',
  },
  functions: {
    intake: 'lab02-intake',
    worker: 'lab02-worker',
    audit: 'lab02-audit',
    notify: 'lab02-notify',
    digest: 'lab02-digest',
  },
  rule: 'lab02-big-orders',
  schedule: 'lab02-digest',
  scheduleRole: 'lab02-schedule-role',
  /** The optional part: it is removed with the rest, and never graded. */
  clicks: 'lab02-clicks',
  /** The source of the worker's events. */
  eventSource: 'lab02.orders',
  detailType: 'OrderPlaced',
} as const;

export type FunctionName = keyof typeof names.functions;
export const functionKeys = Object.keys(names.functions) as readonly FunctionName[];
export type TableName = keyof typeof names.tables;
