import { ServiceFailure } from '../../service/failure.ts';
import { bindingsOf } from '../read/bindings.ts';
import type { Dialect } from '../schema/dialects.ts';
import type { Model, ModelledError } from '../schema/model.ts';
import { Unreadable } from '../read/unreadable.ts';

/** A failure with what the model says of it. */
export interface Described {
  readonly error: ModelledError;
  /** As thrown: the message and the other members, by their modelled names. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly status: number;
  readonly bindings: ReturnType<typeof bindingsOf>;
}

const bindings = new WeakMap<ModelledError, Described['bindings']>();

/** Looks a failure up in the model. What is no {@link ServiceFailure} is the cloud's own defect: its text stays inside. */
export function describe(model: Model, dialect: Dialect, thrown: unknown): Described {
  const failure =
    thrown instanceof ServiceFailure
      ? thrown
      : new ServiceFailure(dialect.internal.code, dialect.internal.message, { status: 500 });
  const error = model.errors.get(failure.code) ?? unmodelled(failure);
  const modelled = error.members.find((member) => /^message$/i.test(member.name))?.name ?? 'message';
  return {
    error,
    message: failure.message,
    members: { ...failure.members, [modelled]: failure.message },
    // A model's status is binding; S3 and the query services model few of their errors.
    status: error.status,
    bindings: bindingsFor(error),
  };
}

function unmodelled(failure: ServiceFailure): ModelledError {
  const status = failure.status ?? 400;
  return {
    name: failure.code,
    namespace: '',
    status,
    fault: status >= 500 ? 'server' : 'client',
    members: [
      { name: 'message', shape: { kind: 'string' }, required: false, traits: {}, memberTraits: {} },
      ...Object.keys(failure.members)
        .filter((name) => !/^message$/i.test(name))
        .map((name) => ({
          name,
          shape: { kind: 'string' } as const,
          required: false,
          traits: {},
          memberTraits: {},
        })),
    ],
  };
}

function bindingsFor(error: ModelledError): Described['bindings'] {
  let known = bindings.get(error);
  if (known === undefined) bindings.set(error, (known = bindingsOf(error.members, 'output')));
  return known;
}

/** The service's own answer to a request that cannot be read. */
export function unreadable(dialect: Dialect, error: Unreadable): ServiceFailure {
  if (error.parameter === undefined || dialect.limits !== 's3')
    return new ServiceFailure(dialect.malformed.code, dialect.malformed.message ?? error.message, {
      status: 400,
    });
  // S3 words it so for `max-keys` and its like.
  return new ServiceFailure(
    'InvalidArgument',
    `Provided ${error.parameter} not an integer or within integer range`,
    { status: 400, members: { ArgumentName: error.parameter } },
  );
}
