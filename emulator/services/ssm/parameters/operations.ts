import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { required } from '../../../service/required.ts';
import type { SsmOperations } from '../client.ts';
import { invalid, notFound } from '../failures.ts';
import { passesAll } from '../filters.ts';
import { isBelow, pathOf } from '../names.ts';
import { pageOf } from '../page.ts';
import { parameterArn } from '../rows.ts';
import type { Found, ParameterStore } from '../store.ts';
import { putParameter } from './put.ts';
import { described, shown, valueOf } from './shown.ts';

const PATH_PAGE = 10;
const PAGE = 50;
const PATH_KEYS = ['Type', 'KeyId', 'Label'];
const KEYS = ['tag', 'Name', 'Type', 'KeyId', 'Path', 'Tier', 'DataType'];

/** Operations on parameters themselves. */
export function parameterOperations(store: ParameterStore) {
  /* What a list of names cannot find is told beside what it can. */
  const found = (scope: Scope, name: string): Found | undefined => {
    try {
      return store.find(scope, name);
    } catch (error) {
      if (error instanceof ServiceFailure) return undefined;
      throw error;
    }
  };

  return {
    PutParameter: (input, call) => putParameter(store, input, call),

    GetParameter(input, call) {
      const at = store.find(call, required(input.Name, 'Name'));
      return { Parameter: shown(call, at, input.WithDecryption) };
    },

    GetParameters(input, call) {
      const names = [...new Set(input.Names)];
      const each = names.map((name) => ({ name, at: found(call, name) }));
      return {
        Parameters: each.flatMap(({ at }) =>
          at === undefined ? [] : [shown(call, at, input.WithDecryption)],
        ),
        InvalidParameters: each.flatMap(({ name, at }) => (at === undefined ? [name] : [])),
      };
    },

    GetParametersByPath(input, call) {
      const path = pathOf(required(input.Path, 'Path'));
      const filters = input.ParameterFilters ?? [];
      const passes = passesAll(filters, PATH_KEYS);
      const labelled = filters.some(({ Key }) => Key === 'Label');
      const below = store
        .all(call)
        .filter(({ name }) => isBelow(path, name, input.Recursive ?? false))
        .flatMap((row): Found[] => {
          // A label asks for the version it is at, everything else for the latest.
          const versions = labelled ? store.versions(call, row) : [store.latest(call, row)];
          const at = versions.find((version) => passes(row, version));
          return at === undefined ? [] : [{ row, at }];
        });
      const { page, next } = pageOf(below, ({ row }) => row.name, {
        size: input.MaxResults ?? PATH_PAGE,
        token: input.NextToken,
      });
      return { Parameters: page.map((at) => shown(call, at, input.WithDecryption)), ...next };
    },

    DescribeParameters(input, call) {
      if (input.Filters !== undefined && input.ParameterFilters !== undefined)
        throw invalid('You can use either Filters or ParameterFilters in a single request.');
      // The older filters look for what begins so.
      const older = (input.Filters ?? []).map((filter) => ({ ...filter, Option: 'BeginsWith' }));
      const passes = passesAll([...older, ...(input.ParameterFilters ?? [])], KEYS);
      const all =
        // Nobody shares parameters with another account here.
        input.Shared === true
          ? []
          : store
              .all(call)
              .map((row) => ({ row, at: store.latest(call, row) }))
              .filter(({ row, at }) => passes(row, at));
      const { page, next } = pageOf(all, ({ row }) => row.name, {
        size: input.MaxResults ?? PAGE,
        token: input.NextToken,
      });
      return {
        Parameters: page.map(({ row, at }) => ({
          ...described(row, at),
          ARN: parameterArn(call, row.name),
        })),
        ...next,
      };
    },

    GetParameterHistory(input, call) {
      const row = store.parameter(call, required(input.Name, 'Name'));
      if (row === undefined) throw notFound();
      const { page, next } = pageOf(
        store.versions(call, row),
        ({ version }) => String(version).padStart(12, '0'),
        { size: input.MaxResults ?? PAGE, token: input.NextToken },
      );
      return {
        Parameters: page.map((at) => ({
          ...described(row, at),
          Value: valueOf(row, at, input.WithDecryption ?? false),
          Labels: [...at.labels],
        })),
        ...next,
      };
    },

    DeleteParameter(input, call) {
      const row = store.parameter(call, required(input.Name, 'Name'));
      if (row === undefined) throw notFound();
      store.delete(call, row);
      return {};
    },

    DeleteParameters(input, call) {
      const names = [...new Set(input.Names)];
      const rows = names.map((name) => ({ name, row: store.parameter(call, name) }));
      for (const { row } of rows) if (row !== undefined) store.delete(call, row);
      return {
        DeletedParameters: rows.flatMap(({ name, row }) => (row === undefined ? [] : [name])),
        InvalidParameters: rows.flatMap(({ name, row }) => (row === undefined ? [name] : [])),
      };
    },
  } satisfies SsmOperations;
}
