import { ApplicationFailure } from './application/fault.ts';
import { applicationsIn } from './application/applications.ts';
import { deployAll } from './application/deploy-all.ts';
import { guided } from './application/guided.ts';
import { reportOf, type Report } from './application/report.ts';
import { applicationTexts } from './application/text.ts';
import { unreadable } from './source-mistakes.ts';
import type { OpenedTarget } from '../target/open-target.ts';
import { Interrupted, UserFailure } from '../session/failure.ts';
import type { Session } from '../session/session.ts';

/** Which applications of a workspace, and how. */
export interface Choice {
  /** The folder of one. All of them, if absent. */
  readonly only?: string;
  /** Ask for parameters, and before the changes are made. */
  readonly guided?: boolean;
  /** Say nothing but what went wrong. */
  readonly quiet?: boolean;
}

/** Deploys a workspace's applications and shows what happens. @throws UserFailure with the first cause where one fails */
export async function deployApplications(
  session: Session,
  workspace: string,
  { env, marks }: Pick<OpenedTarget, 'env' | 'marks'>,
  { only, guided: asks = false, quiet = false }: Choice,
): Promise<void> {
  const text = applicationTexts[session.language];
  const prefix = env.LAB_PREFIX ?? '';
  const applications = applicationsIn(workspace, prefix);
  if (applications.length === 0)
    throw new UserFailure(text.noApplications, { where: workspace, next: text.noApplicationsNext });
  if (only !== undefined && !applications.some(({ name }) => name === only))
    throw new UserFailure(text.noSuchApplication(only), {
      next: text.which(applications.map(({ name }) => name).join(', ')),
    });
  let report: Report | undefined;
  try {
    await deployAll({
      workspace,
      env,
      marks,
      ...(only === undefined ? {} : { only }),
      watch(application) {
        if (quiet) return {};
        session.out(session.colors.bold(text.stack(application.name, application.stackName)));
        const its = (report = reportOf(session, env.AWS_ENDPOINT_URL));
        return {
          onEvent: (event) => its.onEvent(event),
          onDeployed: (deployed) => its.onDeployed(deployed),
          ...(asks ? guided(session, application, prefix) : {}),
        };
      },
    });
  } catch (error) {
    if (error instanceof Interrupted) session.err(`  ${text.declined}`);
    throw error instanceof ApplicationFailure ? failureOf(session, error) : error;
  } finally {
    report?.end();
  }
}

function failureOf(session: Session, { fault }: ApplicationFailure): UserFailure {
  if (fault.kind === 'mistakes') return unreadable(session, fault.mistakes);
  const { what, where, next } = applicationTexts[session.language].fault(fault);
  return new UserFailure(what, { next, status: 1, ...(where === undefined ? {} : { where }) });
}
