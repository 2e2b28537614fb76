import { PutRolePolicyCommand } from '@aws-sdk/client-iam';
import { InvokeCommand, type InvokeCommandInput } from '@aws-sdk/client-lambda';
import {
  ask,
  build,
  functionOf,
  permit,
  seen,
  studentAt,
  type Answer,
  type Asked,
  type Student,
  type TrialMethod,
} from '../services/apigateway/testing/trial-api.ts';
import { scope, TrialGateway } from '../services/apigateway/testing/trial-gateway.ts';

/** A stage of a REST API. */
export interface TrialStage {
  readonly restApiId: string;
  readonly rootId: string;
  /** Asks by plain HTTP. @param path below the stage */
  readonly ask: (path: string, asked?: Asked) => Promise<Answer>;
}

/** A running cloud, and what a student makes in it with the SDK: one for each file of tests. */
export class TrialCloud {
  readonly gateway: TrialGateway;
  readonly student: Student;

  private constructor(gateway: TrialGateway, student: Student) {
    this.gateway = gateway;
    this.student = student;
  }

  /** @param actions what functions may do */
  static async start(actions: readonly string[] = ['logs:*']): Promise<TrialCloud> {
    const gateway = await TrialGateway.start();
    const trial = new TrialCloud(gateway, await studentAt(gateway.running.origin));
    await trial.allow('worker', actions);
    return trial;
  }

  /** Makes a function of the body of its handler, which reads `event` and `context`. @returns its ARN */
  async make(name: string, body: string): Promise<string> {
    return await functionOf(this.student, name, body);
  }

  /** Lets a role do something to everything. */
  async allow(RoleName: string, Action: readonly string[]): Promise<void> {
    const Statement = { Effect: 'Allow', Action, Resource: '*' };
    const PolicyDocument = JSON.stringify({ Version: '2012-10-17', Statement });
    await this.gateway.iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'trial', PolicyDocument }));
  }

  /** A stage `dev` of a new API. @param functions that the API may invoke */
  async serve(
    methods: Readonly<Record<string, TrialMethod>>,
    functions: readonly string[] = [],
    api?: { readonly restApiId: string; readonly rootId: string },
  ): Promise<TrialStage> {
    const made = api ?? (await this.gateway.api());
    await build(this.gateway, made, methods);
    for (const name of functions) await permit(this.student.lambda, name, made.restApiId);
    await this.gateway.deploy(made.restApiId, { stageName: 'dev' });
    return this.stage(made);
  }

  stage(made: { readonly restApiId: string; readonly rootId: string }, name = 'dev'): TrialStage {
    const base = `/_aws/execute-api/${made.restApiId}/${name}`;
    return { ...made, ask: async (path, asked) => ask(this.gateway, `${base}${path}`, asked) };
  }

  /** Calls a function. @returns what it answered, as JSON, beside what the SDK says */
  async invoke(FunctionName: string, more: Partial<InvokeCommandInput> = {}) {
    const answer = await this.student.lambda.send(new InvokeCommand({ FunctionName, ...more }));
    const text = Buffer.from(answer.Payload ?? []).toString();
    return { ...answer, value: text === '' ? undefined : (JSON.parse(text) as unknown) };
  }

  /** Moves the cloud's clock. @param ms */
  async pass(ms: number): Promise<void> {
    await this.gateway.running.cloud.clock.advance(ms);
  }

  now(): number {
    return this.gateway.running.cloud.clock.now();
  }

  async stop(): Promise<void> {
    this.student.lambda.destroy();
    await this.gateway.stop();
  }
}

export { scope, seen };
