import { randomUUID } from 'node:crypto';
import type { Cloud } from '../../../../cloud.ts';
import { ServiceFailure } from '../../../../service/failure.ts';
import type { LogsOperations } from '../../client.ts';
import { invalidParameter } from '../../failures.ts';
import { pageToken, readPageToken } from '../../page-token.ts';
import type { DefinitionRow } from './rows.ts';

/** Queries that are kept by name. */
export function definitionOperations(cloud: Cloud) {
  const table = cloud.state.table<DefinitionRow>('logs.query-definitions');
  return {
    PutQueryDefinition(
      { name = '', queryDefinitionId, queryString = '', logGroupNames = [], queryLanguage = 'CWLI' },
      call,
    ) {
      if (queryLanguage !== 'CWLI')
        throw invalidParameter(`Queries in ${queryLanguage} are not supported by this cloud; CWLI is.`);
      const rows = table.in(call);
      if (queryDefinitionId !== undefined && !rows.has(queryDefinitionId))
        throw new ServiceFailure(
          'ResourceNotFoundException',
          `Query definition ${queryDefinitionId} does not exist.`,
        );
      const id = queryDefinitionId ?? randomUUID();
      rows.set(id, { id, name, text: queryString, groups: logGroupNames, modified: cloud.clock.now() });
      return { queryDefinitionId: id };
    },

    DescribeQueryDefinitions(
      { queryDefinitionNamePrefix = '', maxResults = 1_000, nextToken, queryLanguage },
      call,
    ) {
      const now = cloud.clock.now();
      const [skip] =
        nextToken === undefined ? [0] : readPageToken('definitions', now, nextToken, ['number'] as const);
      const all = [...table.in(call).values()]
        .filter(
          ({ name }) => name.startsWith(queryDefinitionNamePrefix) && (queryLanguage ?? 'CWLI') === 'CWLI',
        )
        .sort((a, b) => (a.name < b.name ? -1 : 1));
      const page = all.slice(skip, skip + maxResults);
      return {
        queryDefinitions: page.map(({ id, name, text, groups, modified }) => ({
          queryLanguage: 'CWLI' as const,
          queryDefinitionId: id,
          name,
          queryString: text,
          lastModified: modified,
          logGroupNames: [...groups],
        })),
        ...(skip + page.length < all.length
          ? { nextToken: pageToken('definitions', now, [skip + page.length]) }
          : {}),
      };
    },

    DeleteQueryDefinition({ queryDefinitionId = '' }, call) {
      if (!table.in(call).delete(queryDefinitionId))
        throw new ServiceFailure(
          'ResourceNotFoundException',
          `Query definition ${queryDefinitionId} does not exist.`,
        );
      return { success: true };
    },
  } satisfies LogsOperations;
}
