import { ServiceFailure } from '../../emulator/service/failure.ts';
import type { Call } from './call.ts';
import { drawn, fingerprint, Times } from './faults.ts';
import { nameIn, subjectsOf } from './subjects.ts';

/**
 * What takes its time on AWS before something else may follow: a new role is not known to every service at once, and
 * a function is `Pending` after it was made and `InProgress` after it was changed.
 */
export class Settling {
  readonly #seed: string;
  readonly #longestMs: number;
  readonly #now: () => number;
  readonly #roles = new Map<string, number>();
  readonly #functions = new Map<string, { readonly until: number; readonly made: boolean }>();
  readonly #roleOf = new Map<string, string>();
  readonly #times = new Times();

  /** @param longestMs how long anything takes at most */
  constructor(seed: string, longestMs: number, now: () => number) {
    this.#seed = seed;
    this.#longestMs = longestMs;
    this.#now = now;
  }

  /** Takes note of a change that the cloud has carried out. */
  wrote(call: Call): void {
    const [name = ''] = subjectsOf(call);
    const key = `${call.account} ${name}`;
    if (call.service === 'iam' && roleChange.test(call.operation)) this.#roles.set(key, this.#end(call));
    if (call.service !== 'lambda') return;
    if (typeof call.input['Role'] === 'string') this.#roleOf.set(key, roleIn(call.input['Role']));
    if (call.operation === 'CreateFunction') this.#functions.set(key, { until: this.#end(call), made: true });
    if (functionChange.test(call.operation))
      this.#functions.set(key, { until: this.#end(call), made: false });
  }

  /** Why a call comes too soon, if it does. */
  refuses(call: Call): ServiceFailure | undefined {
    return this.#role(call) ?? this.#function(call);
  }

  /** A function's configuration as it is told while it settles. @param body of an answer, as JSON */
  told(call: Call, body: unknown): unknown {
    if (call.service !== 'lambda' || !tells.test(call.operation)) return body;
    const settling = this.#functions.get(`${call.account} ${subjectsOf(call)[0] ?? ''}`);
    if (settling === undefined || settling.until <= this.#now() || !isObject(body)) return body;
    const state = settling.made
      ? { State: 'Pending', StateReason: 'The function is being created.', StateReasonCode: 'Creating' }
      : { LastUpdateStatus: 'InProgress' };
    const { Configuration: inner } = body;
    return isObject(inner) ? { ...body, Configuration: { ...inner, ...state } } : { ...body, ...state };
  }

  #end(call: Call): number {
    const which = fingerprint(call);
    return this.#now() + drawn(this.#seed, 'settle', which, this.#times.of(which)) * this.#longestMs;
  }

  #young(call: Call, role: string): boolean {
    return (this.#roles.get(`${call.account} ${role}`) ?? 0) > this.#now();
  }

  #role(call: Call): ServiceFailure | undefined {
    const { service, operation, input } = call;
    if (service === 'lambda' && typeof input['Role'] === 'string' && this.#young(call, roleIn(input['Role'])))
      return new ServiceFailure(
        'InvalidParameterValueException',
        'The role defined for the function cannot be assumed by Lambda.',
        { members: { Type: 'User' } },
      );
    if (operation === 'CreateEventSourceMapping' && typeof input['FunctionName'] === 'string') {
      const role = this.#roleOf.get(`${call.account} ${nameIn('lambda', input['FunctionName'])}`);
      if (role !== undefined && this.#young(call, role))
        return new ServiceFailure(
          'InvalidParameterValueException',
          'The provided execution role does not have permissions to call ReceiveMessage on SQS',
          { members: { Type: 'User' } },
        );
    }
    const { Target: target } = input;
    if (service === 'scheduler' && isObject(target) && typeof target['RoleArn'] === 'string')
      if (this.#young(call, roleIn(target['RoleArn'])))
        return new ServiceFailure(
          'ValidationException',
          'The execution role you provide must allow AWS EventBridge Scheduler to assume the role.',
        );
    return undefined;
  }

  #function(call: Call): ServiceFailure | undefined {
    if (call.service !== 'lambda') return undefined;
    const settling = this.#functions.get(`${call.account} ${subjectsOf(call)[0] ?? ''}`);
    if (settling === undefined || settling.until <= this.#now()) return undefined;
    const [name = ''] = subjectsOf(call);
    const conflict = (message: string) =>
      new ServiceFailure('ResourceConflictException', message, { members: { Type: 'User' } });
    if (settling.made && /^Invoke/.test(call.operation))
      return conflict(
        `The operation cannot be performed at this time. The function is currently in the following state: Pending`,
      );
    if (functionChange.test(call.operation) || call.operation === 'PublishVersion')
      return conflict(
        `The operation cannot be performed at this time. An update is in progress for resource: arn:aws:lambda:us-east-1:${call.account}:function:${name}`,
      );
    return undefined;
  }
}

const roleChange = /^(CreateRole|UpdateAssumeRolePolicy|PutRolePolicy|AttachRolePolicy)$/;
const functionChange = /^UpdateFunction(Code|Configuration)$/;
const tells =
  /^(CreateFunction|UpdateFunctionCode|UpdateFunctionConfiguration|GetFunction|GetFunctionConfiguration)$/;

const roleIn = (arn: string): string => arn.split('/').at(-1) ?? arn;

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
