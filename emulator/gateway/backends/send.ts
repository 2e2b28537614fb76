import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import type { Values } from '../values.ts';

/** What is sent to a back end. */
export interface Sent {
  readonly method: string;
  readonly url: URL;
  readonly headers: Values;
  readonly body: Uint8Array;
  readonly signal: AbortSignal;
}
export interface Received {
  readonly status: number;
  readonly headers: Values;
  readonly body: Uint8Array;
}

/** Back ends that are asked again and again keep their connections; the process is not kept by them. */
const agents = { http: new HttpAgent({ keepAlive: true }), https: new HttpsAgent({ keepAlive: true }) };
/** 10 MB (Amazon API Gateway quotas). */
const LARGEST = 10_485_760;

/** The back end's answer is longer than the gateway takes. */
export class AnswerTooLarge extends Error {}

/** Asks a back end, following no redirections. @throws Error of the connection; AnswerTooLarge */
export async function send({ method, url, headers, body, signal }: Sent): Promise<Received> {
  const secure = url.protocol === 'https:';
  const options = {
    method,
    signal,
    agent: secure ? agents.https : agents.http,
    headers: {
      ...Object.fromEntries(
        Object.entries(headers).map(([name, values]) => [
          name,
          values.length === 1 ? values[0] : [...values],
        ]),
      ),
      ...(body.length > 0 || !['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method)
        ? { 'Content-Length': String(body.length) }
        : {}),
    },
  };
  return await new Promise<Received>((resolve, reject) => {
    const sent = (secure ? httpsRequest : httpRequest)(url, options, (answer) => {
      read(answer).then(resolve, reject);
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

async function read(answer: IncomingMessage): Promise<Received> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Buffer>) {
    size += part.length;
    if (size > LARGEST) throw new AnswerTooLarge();
    parts.push(part);
  }
  const headers: Record<string, string[]> = {};
  const { rawHeaders } = answer;
  for (let at = 0; at + 1 < rawHeaders.length; at += 2)
    (headers[rawHeaders[at] ?? ''] ??= []).push(rawHeaders[at + 1] ?? '');
  return { status: answer.statusCode ?? 502, headers, body: Buffer.concat(parts, size) };
}
