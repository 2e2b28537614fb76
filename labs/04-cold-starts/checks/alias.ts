import {
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  GetProvisionedConcurrencyConfigCommand,
  type AliasConfiguration,
  type FunctionConfiguration,
  type GetProvisionedConcurrencyConfigResponse,
} from '@aws-sdk/client-lambda';
import { districtOf, postcodeOf, postcodes } from '../districts.ts';
import { alias, names } from '../names.ts';
import { reportsIn } from '../report/report.ts';
import { configurationOf } from './function.ts';
import { forget } from './stored.ts';
import { isNamed } from '../../aws-errors/named.ts';
import { callEvidence, failureOf } from '../../function-call/call.ts';
import { members } from '../../wording/members.ts';
import { shown } from '../../wording/wording.ts';
import type { Context, LabCheck } from './context.ts';

const isMissing = (error: unknown): boolean =>
  isNamed(error, 'ResourceNotFoundException', 'ProvisionedConcurrencyConfigNotFoundException');

async function readAlias(context: Context): Promise<AliasConfiguration | undefined> {
  const FunctionName = context.name(names.function);
  try {
    return await context.clients.lambda.send(new GetAliasCommand({ FunctionName, Name: alias }));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const version: LabCheck = {
  id: 'version',
  title: (text) => text.version.title,
  points: 5,
  needs: ['ready'],
  verifiedOn: ['embedded'],
  hints: (text) => text.version.hints,
  /** @returns the number of the version that the alias stands for */
  async run(context): Promise<string> {
    const { text } = context;
    const found = await readAlias(context);
    if (found === undefined) return context.fail({ ...text.version.noAlias, expected: alias });
    const number = found.FunctionVersion ?? '';
    const { FunctionVersion, RoutingConfig } = found;
    const evidence = [{ label: 'GetAlias', value: shown({ Name: alias, FunctionVersion, RoutingConfig }) }];
    if (!/^\d+$/.test(number)) context.fail({ ...text.version.latest, actual: number, evidence });
    const published = await context.clients.lambda.send(
      new GetFunctionConfigurationCommand({
        FunctionName: context.name(names.function),
        Qualifier: number,
      }),
    );
    const latest = configurationOf(context);
    // A version is a snapshot of code and configuration; what makes a difference to a caller is compared.
    const code = published.CodeSha256 === latest.CodeSha256;
    const variables =
      shown(sorted(published.Environment?.Variables)) === shown(sorted(latest.Environment?.Variables));
    if (!code || !variables) {
      const what = code ? text.version.configuration : text.version.code;
      const facts = (of: FunctionConfiguration) =>
        shown({ Version: of.Version, CodeSha256: of.CodeSha256, Variables: of.Environment?.Variables });
      context.fail({
        ...text.version.stale(number, what),
        expected: facts(latest),
        actual: facts(published),
        evidence,
      });
    }
    return number;
  },
};

const sorted = (variables: Readonly<Record<string, string>> = {}) => Object.entries(variables).sort();

/** Configured for the alias, or for the version that it stands for: its calls are served either way. */
async function readProvisioned(
  context: Context,
  number: string,
): Promise<GetProvisionedConcurrencyConfigResponse | undefined> {
  for (const Qualifier of [alias, number]) {
    try {
      return await context.clients.lambda.send(
        new GetProvisionedConcurrencyConfigCommand({ FunctionName: context.name(names.function), Qualifier }),
      );
    } catch (error) {
      if (!isMissing(error)) throw error;
    }
  }
  return undefined;
}

const callsByAlias = 3;

const provisioned: LabCheck = {
  id: 'provisioned',
  title: (text) => text.provisioned.title,
  points: 10,
  needs: ['calls', 'version'],
  verifiedOn: ['embedded'],
  requires: ['initDuration'],
  hints: (text) => text.provisioned.hints,
  async run(context) {
    const { text } = context;
    const number = context.from<string>('version');
    let found: GetProvisionedConcurrencyConfigResponse | undefined;
    await context.until('effect', async () => {
      found = await readProvisioned(context, number);
      return found?.Status === 'IN_PROGRESS' ? undefined : true;
    });
    if (found === undefined) return context.fail({ ...text.provisioned.none, expected: '1' });
    const { RequestedProvisionedConcurrentExecutions: requested, Status, StatusReason } = found;
    const evidence = [
      {
        label: 'GetProvisionedConcurrencyConfig',
        value: shown({ RequestedProvisionedConcurrentExecutions: requested, Status, StatusReason }),
      },
    ];
    if (requested !== 1)
      context.fail({
        ...text.provisioned.number(requested ?? 0),
        expected: '1',
        actual: shown(requested),
        evidence,
      });
    if (Status !== 'READY') {
      const sentence =
        Status === 'FAILED' ? text.provisioned.failed(StatusReason ?? '?') : text.provisioned.inProgress;
      context.fail({ ...sentence, expected: 'READY', actual: shown(Status), evidence });
    }
    const visitor = context.nonce('visitor');
    try {
      for (let count = 0; count < callsByAlias; count += 1) await callAlias(context, visitor, number);
    } finally {
      await forget(context, visitor);
    }
    return undefined;
  },
};

/** One call by the alias: answered by the version, without an init. */
async function callAlias(context: Context, visitor: string, number: string): Promise<void> {
  const { text } = context;
  const postcode = context.integer(0, postcodes - 1);
  const visit = { visitor, postcode: postcodeOf(postcode) };
  const invoked = await context.invoke(`${context.name(names.function)}:${alias}`, visit);
  const evidence = callEvidence(context, visit, invoked);
  const failure = failureOf(invoked);
  if (failure !== undefined)
    context.fail({ ...text.provisioned.threw(failure.type, failure.message), evidence });
  if (invoked.executedVersion !== undefined && invoked.executedVersion !== number)
    context.fail({ ...text.provisioned.elsewhere(invoked.executedVersion), expected: number, evidence });
  const district = districtOf(postcode);
  if (members(invoked.payload).district !== district)
    context.fail({
      ...text.calls.district(visit.postcode),
      expected: district,
      actual: invoked.rawPayload,
      evidence,
    });
  const report = reportsIn(invoked.logTail).at(-1);
  if (report?.initMs !== undefined)
    context.fail({ ...text.provisioned.cold(report.initMs), actual: report.line, evidence });
}

export const aliasChecks = { version, provisioned };
