import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

const done = (operation: string, inner = '') =>
  `<${operation}Response xmlns="https://iam.amazonaws.com/doc/2010-05-08/"><${operation}Result>${inner}</${operation}Result></${operation}Response>`;

const role = (name: string) =>
  `<Role><Path>/</Path><RoleName>${name}</RoleName><RoleId>AROA00000000000000000</RoleId><Arn>arn:aws:iam::000000000000:role/${name}</Arn><CreateDate>2026-11-23T00:00:00Z</CreateDate></Role>`;

/**
 * A server that speaks AWS's protocols and has hardly any of its behaviour: it makes any function of any role, and a
 * function answers with its event and nothing else: no error, no log.
 */
export async function startLackingServer(): Promise<{
  readonly origin: string;
  /** `METHOD path` or the name of the operation, in the order they came. */
  readonly requests: readonly string[];
  stop(): Promise<void>;
}> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString();
      const path = (request.url ?? '').split('?')[0] ?? '';
      const target = request.headers['x-amz-target'];
      const form = new URLSearchParams(body);
      const action = path === '/' && typeof target !== 'string' ? form.get('Action') : null;
      requests.push(action ?? (typeof target === 'string' ? target : `${request.method ?? ''} ${path}`));
      if (action !== null) {
        const inner = action === 'CreateRole' ? role(form.get('RoleName') ?? '') : '';
        response.setHeader('content-type', 'text/xml');
        response.end(done(action, inner));
      } else if (typeof target === 'string') {
        response.statusCode = 400;
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        response.end(
          '{"__type":"ResourceNotFoundException","message":"The specified log group does not exist."}',
        );
      } else if (path.endsWith('/invocations')) {
        response.end(body);
      } else {
        response.setHeader('content-type', 'application/json');
        response.statusCode = request.method === 'POST' ? 201 : request.method === 'DELETE' ? 204 : 200;
        response.end(request.method === 'DELETE' ? undefined : '{"State":"Active"}');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${String(port)}`,
    requests,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
