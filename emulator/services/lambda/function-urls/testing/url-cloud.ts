import { AddPermissionCommand, CreateFunctionUrlConfigCommand } from '@aws-sdk/client-lambda';
import type { CreateFunctionUrlConfigCommandInput } from '@aws-sdk/client-lambda';
import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startCloud } from '../../../../start.ts';
import type { RunningCloud } from '../../../../start.ts';
import { archive } from '../../testing/archive.ts';
import { studentAt } from '../../testing/student.ts';
import type { Student } from '../../testing/student.ts';

/** A package whose handler has this body. */
export const plain = (body: string): Uint8Array =>
  archive({ 'index.mjs': `export const handler = async (event) => { ${body} };` });
/** The same, of a handler that streams. */
export const streaming = (body: string): Uint8Array =>
  archive({
    'index.mjs': `const wait = (ms) => new Promise((done) => setTimeout(done, ms));
export const handler = awslambda.streamifyResponse(async (event, stream) => { ${body} });`,
  });

export const idOf = (url: string): string => url.split('/').at(-2) ?? '';

/** A cloud that listens, and a student who opens functions to everybody. */
export class UrlCloud {
  readonly running: RunningCloud;
  readonly student: Student;
  readonly #home: string;

  static async start(): Promise<UrlCloud> {
    const home = mkdtempSync(join(tmpdir(), 'coldstart-lambda-'));
    const running = await startCloud({ port: 0, home, ephemeral: true });
    return new UrlCloud(running, await studentAt(running.origin), home);
  }

  private constructor(running: RunningCloud, student: Student, home: string) {
    this.running = running;
    this.student = student;
    this.#home = home;
  }

  async stop(): Promise<void> {
    this.student.lambda.destroy();
    await this.running.stop();
    rmSync(this.#home, { recursive: true, force: true });
  }

  /** Makes a URL and gives permissions: both that are needed, where nothing else is said. */
  async open(
    FunctionName: string,
    more: Partial<CreateFunctionUrlConfigCommandInput> = {},
    permissions: readonly string[] = ['lambda:InvokeFunctionUrl', 'lambda:InvokeFunction'],
  ): Promise<string> {
    const { FunctionUrl = '' } = await this.student.lambda.send(
      new CreateFunctionUrlConfigCommand({ FunctionName, AuthType: 'NONE', ...more }),
    );
    for (const Action of permissions) await this.permit(FunctionName, Action, more.Qualifier);
    return this.pathForm(FunctionUrl);
  }

  async permit(FunctionName: string, Action: string, Qualifier?: string): Promise<void> {
    await this.student.lambda.send(
      new AddPermissionCommand({
        FunctionName,
        Qualifier,
        StatementId: Action.slice('lambda:'.length),
        Action,
        Principal: '*',
        ...(Action === 'lambda:InvokeFunctionUrl'
          ? { FunctionUrlAuthType: 'NONE' as const }
          : { InvokedViaFunctionUrl: true }),
      }),
    );
  }

  /** The form of an address that every machine finds. */
  pathForm(url: string): string {
    const { port } = new URL(this.running.origin);
    const [, own, shared] =
      /^http:\/\/(?:([a-z0-9]{32})\.lambda-url\.us-east-1\.localhost|127\.0\.0\.1):\d+\/(?:_aws\/lambda-url\/([a-z0-9]{32})\/)?$/.exec(
        url,
      ) ?? [];
    const id = own ?? shared;
    if (id === undefined || !url.includes(`:${port}/`)) throw new Error(`${url} is no function URL.`);
    return `${this.running.origin}/_aws/lambda-url/${id}/`;
  }

  /** Asks with a host of the caller's own, which `fetch` does not let one say. */
  ask(path: string, headers: Record<string, string>): Promise<{ status: number; body: string }> {
    const { port } = new URL(this.running.origin);
    return new Promise((resolve, reject) => {
      const sent = httpRequest({ host: '127.0.0.1', port, path, headers }, (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts).toString() });
        });
      });
      sent.on('error', reject);
      sent.end();
    });
  }
}
