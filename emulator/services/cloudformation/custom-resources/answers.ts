import { randomBytes } from 'node:crypto';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { Json, Table } from '../../../state/state.ts';
import type { Site } from '../../../service/site.ts';
import type { WireAnswer } from '../../../wire/wire.ts';
import { nestsDeeper } from '../../../gateway/openapi/json-nesting.ts';

/** Below this label makers of custom resources answer: on AWS, in buckets of CloudFormation's own. */
const LABEL = 'cloudformation-custom-resource-response';

/** "The total size of the response object can't exceed 4096 bytes." */
const LONGEST = 4096;
const MOST_READ = 65_536;
const DEEPEST = 50;

/** A request to the maker of a custom resource, and what came of it. */
export interface AskedRow {
  readonly id: string;
  /** What the address is signed with: whoever has it may answer. */
  readonly secret: string;
  readonly answer?: Readonly<Record<string, Json>>;
}

/** What makers of custom resources were asked, and have answered. */
export class Answers {
  readonly #cloud: Cloud;
  readonly #table: Table<AskedRow>;

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
    this.#table = cloud.state.table<AskedRow>('cloudformation.asked');
  }

  of(scope: Scope, id: string): AskedRow | undefined {
    return this.#table.in(scope).get(id);
  }

  /** @returns whether it is new: what was asked before the cloud ended is not asked again */
  ask(scope: Scope, id: string): boolean {
    if (this.#table.in(scope).has(id)) return false;
    this.#table.in(scope).set(id, { id, secret: randomBytes(20).toString('base64url') });
    return true;
  }

  forget(scope: Scope, id: string): void {
    this.#table.in(scope).delete(id);
  }

  /** Where the maker of a resource answers. */
  address(scope: Scope, stackId: string, logicalId: string, id: string): string {
    const key = encodeURIComponent(`${stackId}|${logicalId}|${id}`);
    const signature = this.of(scope, id)?.secret ?? '';
    return `${this.#cloud.settings.origin}/_aws/${LABEL}/${id}/${key}?Signature=${signature}`;
  }

  /** Takes an answer. */
  readonly site: Site = async ({ id, head: { method, path, query }, body }) => {
    const [, , , region = '', account = ''] = decodedText(path.slice(1)).split('|')[0]?.split(':') ?? [];
    const scope = { account, region };
    const row = this.of(scope, id);
    if (row === undefined || new URLSearchParams(query).get('Signature') !== row.secret)
      return said(403, 'AccessDenied', 'Access Denied');
    if (method !== 'PUT')
      return said(405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
    const bytes = await body(MOST_READ);
    const now = this.of(scope, id);
    if (now !== undefined && now.answer === undefined) {
      this.#table.in(scope).set(id, { ...now, answer: read(bytes) });
      this.#cloud.state.commit();
    }
    return { status: 200, headers: {}, body: new Uint8Array() };
  };
}

function decodedText(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}

const failing = (Reason: string): Readonly<Record<string, Json>> => ({ Status: 'FAILED', Reason });

function read(bytes: Uint8Array | undefined): Readonly<Record<string, Json>> {
  if (bytes === undefined || bytes.length > LONGEST) return failing('Response object is too long.');
  const text = Buffer.from(bytes).toString('utf8');
  if (nestsDeeper(text, DEEPEST)) return failing('Invalid response object: nested too deeply');
  try {
    const value = JSON.parse(text) as Json;
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return value as Readonly<Record<string, Json>>;
  } catch {
    // Told below.
  }
  return failing('Invalid response object: Value of property Data must be an object');
}

function said(status: number, code: string, message: string): WireAnswer {
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body: Buffer.from(text) };
}
