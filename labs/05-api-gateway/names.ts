/** What this lab calls its resources, before `LAB_PREFIX`. */
export const names = {
  api: 'lab05-notes',
  function: 'lab05-notes',
  role: 'lab05-notes-role',
  logGroup: '/aws/lambda/lab05-notes',
} as const;

export const stage = 'dev';

/** The methods of the API. */
export const routes = { hello: 'GET /hello', echo: 'POST /echo', health: 'GET /health' } as const;

/** The content type that the API takes for bytes. */
export const bytesType = 'application/octet-stream';
