import type { Scope } from '../../../service/call.ts';
import { ServiceFailure } from '../../../service/failure.ts';
import { badRequest } from '../../../gateway/failures.ts';
import { drawId } from '../../../gateway/ids.ts';
import type { PlanStore } from '../plans/plan-store.ts';
import { checkKeyDescription, checkKeyName, checkKeyValue } from './check.ts';
import { readCsv } from './csv.ts';
import type { KeyRow, KeyStore } from './key-store.ts';

interface Import {
  readonly key: KeyRow;
  readonly planIds: readonly string[];
}

/**
 * Makes the keys of a CSV file with the columns `Name`, `Key`, `Description`, `Enabled`, `UsageplanIds`, and puts them
 * into their plans. A row that cannot be a key is left out with a warning.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-key-file-format.html
 * @param strict a warning refuses the whole file
 * @throws BadRequestException
 */
export function importKeys(
  keys: KeyStore,
  plans: PlanStore,
  scope: Scope,
  body: Uint8Array,
  strict: boolean,
): { ids: string[]; warnings: string[] } {
  const [head = [], ...rows] = readCsv(new TextDecoder().decode(body).replace(/^\uFEFF/, ''));
  const columns = head.map((name) => name.toLowerCase());
  if (!columns.includes('name') || !columns.includes('key'))
    throw badRequest('The API key file must have the columns Name and Key.');
  const imports: Import[] = [];
  const warnings: string[] = [];
  const taken = (value: string): boolean =>
    keys.byValue(scope, value) !== undefined || imports.some(({ key }) => key.value === value);
  rows.forEach((row, index) => {
    const cell = (name: string): string => row[columns.indexOf(name)] ?? '';
    try {
      const { key, planIds } = readRow(cell, keys, scope);
      if (taken(key.value)) throw badRequest('API Key already exists');
      const unknown = planIds.find((id) => plans.get(scope, id) === undefined);
      if (unknown !== undefined) throw badRequest(`Invalid Usage Plan ID specified: ${unknown}`);
      imports.push({ key, planIds });
    } catch (error) {
      if (!(error instanceof ServiceFailure)) throw error;
      warnings.push(`Unable to import row ${index + 2}: ${error.message}`);
    }
  });
  if (strict && warnings.length > 0) throw badRequest(warnings.join('; '));
  for (const { key, planIds } of imports) {
    keys.set(scope, key);
    for (const id of planIds) plans.addKey(scope, id, { keyId: key.id, type: 'API_KEY' });
  }
  return { ids: imports.map(({ key }) => key.id), warnings };
}

function readRow(cell: (name: string) => string, keys: KeyStore, scope: Scope): Import {
  const [name, value, description] = [cell('name'), cell('key'), cell('description')];
  checkKeyName(name);
  checkKeyValue(value);
  checkKeyDescription(description);
  const now = keys.cloud.clock.now();
  const key: KeyRow = {
    id: drawId(10, (id) => keys.get(scope, id) !== undefined),
    value,
    ...(name !== '' && { name }),
    ...(description !== '' && { description }),
    enabled: !/^false$/i.test(cell('enabled')),
    stageKeys: [],
    createdAt: now,
    updatedAt: now,
  };
  return {
    key,
    planIds: cell('usageplanids')
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  };
}
