import type { MetricDataResult } from '@aws-sdk/client-cloudwatch';
import { required } from '../../../service/required.ts';
import type { CloudWatchOperations } from '../client.ts';
import { badToken, validationError } from '../failures.ts';
import type { TimeSeries } from '../math/values.ts';
import type { MetricStore } from '../metric/store.ts';
import { answerQueries, readQueries } from './queries.ts';

/** API reference of GetMetricData. */
const MOST_QUERIES = 500;
const MOST_POINTS = 100_800;

/** GetMetricData. */
export function dataOperations(store: MetricStore) {
  return {
    GetMetricData(input, call) {
      const { MetricDataQueries = [], NextToken, ScanBy = 'TimestampDescending' } = input;
      const start = required(input.StartTime, 'StartTime').getTime();
      const end = required(input.EndTime, 'EndTime').getTime();
      if (start >= end)
        throw validationError('The parameter StartTime must be less than the parameter EndTime.');
      if (MetricDataQueries.length > MOST_QUERIES)
        throw validationError(
          `The collection MetricDataQueries must not have a size greater than ${MOST_QUERIES}.`,
        );
      const room = input.MaxDatapoints ?? MOST_POINTS;
      if (room < 1 || room > MOST_POINTS)
        throw validationError(`The parameter MaxDatapoints must be between 1 and ${MOST_POINTS}.`);
      const queries = readQueries(MetricDataQueries, 'MetricDataQueries');
      if (!queries.some(({ returned }) => returned))
        throw validationError('At least one of the MetricDataQueries must return data.');
      const values = answerQueries(queries, { store, scope: call, start, end });
      const all: { id: string; series: TimeSeries }[] = [];
      for (const { id, returned } of queries) {
        if (!returned) continue;
        const value = values.get(id);
        if (value?.kind === 'series') all.push({ id, series: value.series });
        else if (value?.kind === 'array') all.push(...value.series.map((series) => ({ id, series })));
        else throw validationError(`Error in expression '${id}': The expression must return a time series.`);
      }
      const page = readPage(
        all,
        ScanBy === 'TimestampAscending',
        NextToken === undefined ? 0 : readToken(NextToken),
        room,
      );
      return {
        MetricDataResults: page.results,
        Messages: [],
        ...(page.next === undefined ? {} : { NextToken: tokenOf(page.next) }),
      };
    },
  } satisfies CloudWatchOperations;
}

/** A page of so many points from the `skip`th on, counted through all series one after the other. */
function readPage(
  all: readonly { readonly id: string; readonly series: TimeSeries }[],
  ascending: boolean,
  skip: number,
  room: number,
): { readonly results: MetricDataResult[]; readonly next: number | undefined } {
  const results: MetricDataResult[] = [];
  const to = skip + room;
  let seen = 0;
  for (const { id, series } of all) {
    const points = [...series.points].sort(([a], [b]) => (ascending ? a - b : b - a));
    const begins = seen;
    seen += points.length;
    // A series without points belongs to the first page.
    if (points.length === 0 ? skip > 0 : seen <= skip || begins >= to) continue;
    const taken = points.slice(Math.max(0, skip - begins), to - begins);
    results.push({
      Id: id,
      Label: series.label,
      Timestamps: taken.map(([time]) => new Date(time)),
      Values: taken.map(([, value]) => value),
      StatusCode: seen > to ? 'PartialData' : 'Complete',
    });
  }
  return { results, next: seen > to ? to : undefined };
}

function tokenOf(next: number): string {
  return Buffer.from(`data ${next}`).toString('base64url');
}
function readToken(token: string): number {
  const found = /^data (\d{1,9})$/.exec(Buffer.from(token, 'base64url').toString());
  if (found === null) throw badToken();
  return Number(found[1]);
}
