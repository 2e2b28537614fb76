import type { MetricFilter, MetricTransformation } from '@aws-sdk/client-cloudwatch-logs';
import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import type { Rows } from '../../../state/state.ts';
import { requireReadable } from '../arns.ts';
import type { LogsOperations } from '../client.ts';
import { invalidParameter } from '../failures.ts';
import type { FilterPattern } from '../filter-pattern/pattern.ts';
import { checkNames } from '../names.ts';
import { pageToken, readPageToken } from '../page-token.ts';
import { requestedPattern } from '../patterns.ts';
import type { LogStore } from '../store.ts';
import type { MetricFilterRow } from './rows.ts';

/** CloudWatch Logs quotas: 100 metric filters a log group; three dimensions a metric. */
const MOST_FILTERS = 100;
const MOST_DIMENSIONS = 3;
const PAGE = 50;

/** PutMetricFilter, DescribeMetricFilters and DeleteMetricFilter. */
export function metricFilterOperations(store: LogStore, rowsIn: (scope: Scope) => Rows<MetricFilterRow>) {
  return {
    PutMetricFilter(input, call) {
      const { logGroupName = '', filterName = '', filterPattern = '', metricTransformations = [] } = input;
      const group = store.group(call, logGroupName);
      requireReadable(group, 'PutMetricFilter', 'InvalidOperationException');
      refuseForeign(input);
      const pattern = requestedPattern(filterPattern);
      const rows = rowsIn(call);
      const key = `${group.name}:${filterName}`;
      if (!rows.has(key) && filtersOf(rows, group.name).length >= MOST_FILTERS)
        throw new ServiceFailure('LimitExceededException', 'Resource limit exceeded.');
      rows.set(key, {
        group: group.name,
        name: filterName,
        pattern: filterPattern,
        created: store.cloud.clock.now(),
        metric: readTransformation(
          metricTransformations[0] ?? { metricName: '', metricNamespace: '', metricValue: '' },
          pattern,
        ),
      });
      return {};
    },

    DescribeMetricFilters(input, call) {
      const { logGroupName, filterNamePrefix = '', metricName, metricNamespace } = input;
      if (logGroupName !== undefined) store.group(call, logGroupName);
      if ((metricName === undefined) !== (metricNamespace === undefined))
        throw invalidParameter('metricName and metricNamespace must be specified together.');
      const now = store.cloud.clock.now();
      const [after] =
        input.nextToken === undefined
          ? [undefined]
          : readPageToken('metric-filters', now, input.nextToken, ['string'] as const);
      const found = [...rowsIn(call).entries()]
        .filter(
          ([key, { group, name, metric }]) =>
            (after === undefined || key > after) &&
            (logGroupName === undefined || group === logGroupName) &&
            name.startsWith(filterNamePrefix) &&
            (metricName === undefined ||
              (metric.name === metricName && metric.namespace === metricNamespace)),
        )
        .sort(([a], [b]) => (a < b ? -1 : 1));
      const page = found.slice(0, input.limit ?? PAGE);
      const last = page.at(-1);
      return {
        metricFilters: page.map(([, row]) => describe(row)),
        ...(last !== undefined && page.length < found.length
          ? { nextToken: pageToken('metric-filters', now, [last[0]]) }
          : {}),
      };
    },

    DeleteMetricFilter({ logGroupName = '', filterName = '' }, call) {
      checkNames(logGroupName);
      store.group(call, logGroupName);
      if (!rowsIn(call).delete(`${logGroupName}:${filterName}`))
        throw new ServiceFailure('ResourceNotFoundException', 'The specified metric filter does not exist.');
      return {};
    },
  } satisfies LogsOperations;
}

/** The filters of a group. */
export function filtersOf(rows: Rows<MetricFilterRow>, group: string): MetricFilterRow[] {
  return [...rows.values()].filter((row) => row.group === group);
}

function refuseForeign(input: {
  readonly applyOnTransformedLogs?: boolean | undefined;
  readonly fieldSelectionCriteria?: string | undefined;
  readonly emitSystemFieldDimensions?: string[] | undefined;
}): void {
  if (input.applyOnTransformedLogs === true)
    throw invalidParameter('Log transformers are not supported by this cloud (applyOnTransformedLogs).');
  if (input.fieldSelectionCriteria !== undefined || input.emitSystemFieldDimensions !== undefined)
    throw invalidParameter(
      'fieldSelectionCriteria and emitSystemFieldDimensions are not supported by this cloud.',
    );
}

function readTransformation(asked: MetricTransformation, pattern: FilterPattern): MetricFilterRow['metric'] {
  const {
    metricName = '',
    metricNamespace = '',
    metricValue = '',
    defaultValue,
    dimensions = {},
    unit,
  } = asked;
  checkReference(metricValue, pattern, 'metricValue');
  const names = Object.entries(dimensions);
  if (names.length > MOST_DIMENSIONS)
    throw invalidParameter(`A metric can have at most ${MOST_DIMENSIONS} dimensions.`);
  if (names.length > 0 && defaultValue !== undefined)
    throw invalidParameter(
      'Invalid metric transformation: dimensions and default value are mutually exclusive properties.',
    );
  if (names.length > 0 && pattern.kind !== 'json' && pattern.kind !== 'columns')
    throw invalidParameter(
      'Invalid metric transformation: dimensions need a JSON or a space-delimited filter pattern.',
    );
  for (const [name, reference] of names) {
    if (!reference.startsWith('$'))
      throw invalidParameter(
        `Invalid metric transformation: dimension value must be valid selector (${name}).`,
      );
    checkReference(reference, pattern, name);
  }
  return {
    name: metricName,
    namespace: metricNamespace,
    value: metricValue,
    defaultValue: defaultValue ?? null,
    unit: unit ?? null,
    dimensions,
  };
}

/** A number, or a selector that the pattern's form has. */
function checkReference(text: string, pattern: FilterPattern, what: string): void {
  if (!text.startsWith('$')) {
    if (text.trim() === '' || Number.isNaN(Number(text)))
      throw invalidParameter(
        `Invalid metric transformation: ${what} must be a number or a selector beginning with $.`,
      );
    return;
  }
  const fits = text.startsWith('$.')
    ? pattern.kind === 'json'
    : pattern.kind === 'columns' && /^\$[\w-]+$/.test(text);
  if (!fits)
    throw invalidParameter(`Invalid metric transformation: the filter pattern has no field ${text}.`);
}

/** As recorded on AWS: members that were not given are left out. */
function describe({ group, name, pattern, created, metric }: MetricFilterRow): MetricFilter {
  return {
    filterName: name,
    filterPattern: pattern,
    metricTransformations: [
      {
        metricName: metric.name,
        metricNamespace: metric.namespace,
        metricValue: metric.value,
        ...(metric.defaultValue === null ? {} : { defaultValue: metric.defaultValue }),
        ...(Object.keys(metric.dimensions).length === 0 ? {} : { dimensions: { ...metric.dimensions } }),
        ...(metric.unit === null ? {} : { unit: metric.unit }),
      },
    ],
    creationTime: created,
    logGroupName: group,
    applyOnTransformedLogs: false,
  };
}
