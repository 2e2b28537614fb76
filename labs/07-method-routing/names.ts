/** What this lab calls its resources, before `LAB_PREFIX`. */
export const names = {
  api: 'lab07-books',
  function: 'lab07-books',
  /** For those who give the rest of the paths a function of its own. */
  restFunction: 'lab07-rest',
  role: 'lab07-books-role',
  restRole: 'lab07-rest-role',
  table: 'lab07-books',
  logGroup: '/aws/lambda/lab07-books',
  restLogGroup: '/aws/lambda/lab07-rest',
} as const;

export const stage = 'dev';

/** The one origin whose pages may use the API in a browser. */
export const origin = 'https://books.example';
