import { ServiceFailure } from '../../../service/failure.ts';
import type { Cloud } from '../../../cloud.ts';
import type { Scope } from '../../../service/call.ts';
import type { CloudWatchOperations } from '../client.ts';
import { badToken, invalidValue } from '../failures.ts';

interface DashboardRow {
  readonly name: string;
  readonly body: string;
  /** ms since 1970 */
  readonly modified: number;
}

/** Dashboards: kept and shown again. */
export function dashboardOperations(cloud: Cloud) {
  const table = cloud.state.table<DashboardRow>('cloudwatch.dashboards');
  // Dashboards belong to the account, not to a region.
  const rows = ({ account }: Scope) => table.in({ account, region: '' });
  const arn = ({ account }: Scope, name: string): string =>
    `arn:aws:cloudwatch::${account}:dashboard/${name}`;
  const missing = (names: readonly string[]): ServiceFailure =>
    new ServiceFailure('DashboardNotFoundError', `Dashboard ${names.join(', ')} does not exist`);
  return {
    PutDashboard({ DashboardName = '', DashboardBody = '' }, call) {
      if (!/^[\w-]{1,255}$/.test(DashboardName))
        // As recorded on AWS, line break included.
        throw invalidValue(
          'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
        );
      const problem = problemOf(DashboardBody);
      if (problem !== undefined)
        throw new ServiceFailure(
          'DashboardInvalidInputError',
          'The dashboard body is invalid, there are 1 validation errors: ' + problem,
          {
            members: { dashboardValidationMessages: [{ DataPath: '', Message: problem }] },
          },
        );
      rows(call).set(DashboardName, {
        name: DashboardName,
        body: DashboardBody,
        modified: cloud.clock.now(),
      });
      return { DashboardValidationMessages: [] };
    },

    GetDashboard({ DashboardName = '' }, call) {
      const row = rows(call).get(DashboardName);
      if (row === undefined) throw missing([DashboardName]);
      return { DashboardArn: arn(call, row.name), DashboardBody: row.body, DashboardName: row.name };
    },

    ListDashboards({ DashboardNamePrefix = '', NextToken }, call) {
      if (NextToken !== undefined) throw badToken();
      const found = [...rows(call).values()].filter(({ name }) => name.startsWith(DashboardNamePrefix));
      return {
        DashboardEntries: found
          .sort((a, b) => (a.name < b.name ? -1 : 1))
          .map(({ name, body, modified }) => ({
            DashboardName: name,
            DashboardArn: arn(call, name),
            LastModified: new Date(modified),
            Size: Buffer.byteLength(body),
          })),
      };
    },

    DeleteDashboards({ DashboardNames = [] }, call) {
      const unknown = DashboardNames.filter((name) => !rows(call).has(name));
      if (unknown.length > 0) throw missing(unknown);
      for (const name of DashboardNames) rows(call).delete(name);
      return {};
    },
  } satisfies CloudWatchOperations;
}

function problemOf(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? undefined
      : 'The field DashboardBody must be a JSON object';
  } catch {
    return 'The field DashboardBody must be a valid JSON object';
  }
}
