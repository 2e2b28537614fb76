import { randomUUID } from 'node:crypto';
import type { WireIdentity } from '../../service/service.ts';
import { recognise } from '../../wire/recognise.ts';
import { isForm } from '../../wire/route/protocol.ts';
import type { WireAnswer, WireRequest } from '../../wire/wire.ts';
import { findCredentials } from '../access/credentials.ts';
import type { RequestHead } from '../http/exchange.ts';
import type { ServiceHost } from './service-host.ts';

interface PageParts {
  readonly identities: readonly WireIdentity[];
  readonly host: ServiceHost;
  /** Answers the request as if no page had sent it. */
  readonly answer: () => Promise<WireAnswer>;
}

/**
 * The answer to a request of a web page of another origin. Only services that can be opened to pages are asked, and
 * only where the resource says so is the request acted upon: a page must never reach what would run code here.
 * @returns undefined where it may not ask
 */
export async function answerPage(
  { identities, host, answer }: PageParts,
  head: RequestHead,
): Promise<WireAnswer | undefined> {
  const request: WireRequest = { ...head, body: new Uint8Array() };
  const found = findCredentials(head);
  const wire = recognise(request, found.kind === 'found' ? found.credentials.service : undefined, identities);
  // A form's body can name another service than its address does.
  if (wire?.open !== true || isForm(request)) return undefined;
  // Pictures and links carry no origin, and no page can read what comes of them.
  if (head.headers['origin'] === undefined) {
    const looks = head.method === 'GET' || head.method === 'HEAD';
    return looks && head.headers['authorization'] === undefined ? await answer() : undefined;
  }
  const { pages } = (await host.service(wire.id)) ?? {};
  if (head.method === 'OPTIONS') return pages?.preflight(head, randomUUID());
  const headers = pages?.headers(head);
  if (headers === undefined) return undefined;
  const given = await answer();
  return { ...given, headers: { ...given.headers, ...headers } };
}
