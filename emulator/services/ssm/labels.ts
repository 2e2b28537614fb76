import type { Scope } from '../../service/call.ts';
import { ServiceFailure } from '../../service/failure.ts';
import { required } from '../../service/required.ts';
import type { SsmOperations } from './client.ts';
import { noSuchVersion, notFound } from './failures.ts';
import type { ParameterRow, VersionRow } from './rows.ts';
import type { ParameterStore } from './store.ts';

const MOST_LABELS = 10;

/* https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_LabelParameterVersion.html */
const isLabel = (label: string): boolean =>
  /^[a-zA-Z0-9_.-]{1,100}$/.test(label) && !/^(\d|aws|ssm)/i.test(label);

/** Names of versions: one label is at one version of a parameter at a time. */
export function labelOperations(store: ParameterStore) {
  /** @throws ParameterNotFound, ParameterVersionNotFound */
  const labelled = (
    scope: Scope,
    name: string,
    version: number | undefined,
  ): { readonly row: ParameterRow; readonly at: VersionRow } => {
    const row = store.parameter(scope, name);
    if (row === undefined) throw notFound();
    const number = version ?? row.latest;
    const at = store.versions(scope, row).find((one) => one.version === number);
    if (at === undefined) throw noSuchVersion(name, number);
    return { row, at };
  };

  return {
    LabelParameterVersion(input, call) {
      const { row, at } = labelled(call, required(input.Name, 'Name'), input.ParameterVersion);
      const asked = [...new Set(input.Labels)];
      const valid = asked.filter(isLabel);
      const labels = [...new Set([...at.labels, ...valid])];
      if (labels.length > MOST_LABELS)
        throw new ServiceFailure(
          'ParameterVersionLabelLimitExceeded',
          'A parameter version can have maximum 10 labels.Move one or more labels to another version and try again.',
        );
      for (const other of store.versions(call, row)) {
        const left = other.labels.filter((label) => !valid.includes(label));
        if (other.version !== at.version && left.length < other.labels.length)
          store.setVersion(call, row.name, { ...other, labels: left });
      }
      store.setVersion(call, row.name, { ...at, labels });
      return { InvalidLabels: asked.filter((label) => !isLabel(label)), ParameterVersion: at.version };
    },

    UnlabelParameterVersion(input, call) {
      const { row, at } = labelled(call, required(input.Name, 'Name'), input.ParameterVersion);
      const asked = [...new Set(input.Labels)];
      const removed = asked.filter((label) => at.labels.includes(label));
      const labels = at.labels.filter((label) => !removed.includes(label));
      store.setVersion(call, row.name, { ...at, labels });
      return {
        RemovedLabels: removed,
        InvalidLabels: asked.filter((label) => !removed.includes(label)),
      };
    },
  } satisfies SsmOperations;
}
