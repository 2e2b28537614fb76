import { ServiceFailure } from '../../service/failure.ts';
import { bindingsOf } from '../read/bindings.ts';
import type { Dialect } from '../schema/dialects.ts';
import type { Model, ModelledError } from '../schema/model.ts';
import type { Unreadable } from '../read/unreadable.ts';

/** A failure with what the model says of it. */
export interface Described {
  readonly error: ModelledError;
  /** As thrown: the message and the other members, by their modelled names. */
  readonly members: Readonly<Record<string, unknown>>;
  readonly message: string;
  readonly bindings: ReturnType<typeof bindingsOf>;
}

/** Looks a failure up in the model. What is no {@link ServiceFailure} is the cloud's own defect: its text stays inside. */
export function describe(model: Model, dialect: Dialect, thrown: unknown): Described {
  const failure =
    thrown instanceof ServiceFailure
      ? thrown
      : new ServiceFailure(dialect.internal.code, dialect.internal.message, { status: 500 });
  const known = model.errors.get(failure.code) ?? unmodelled(failure);
  const status = known.stated ? known.status : (failure.status ?? known.status);
  const modelled = status === known.status ? known : restated(known, status);
  const name = modelled.members.find((member) => /^message$/i.test(member.name))?.name ?? 'message';
  const members = { ...failure.members, [name]: failure.message };
  const error = withMembers(modelled, Object.keys(members));
  return { error, message: failure.message, members, bindings: bindingsOf(error.members, 'output') };
}

function unmodelled(failure: ServiceFailure): ModelledError {
  const status = failure.status ?? 400;
  return {
    name: failure.code,
    namespace: '',
    status,
    fault: status >= 500 ? 'server' : 'client',
    stated: false,
    members: [],
  };
}

/* The members are read when they are asked for; a copy must not lose them. */
function restated(error: ModelledError, status: number): ModelledError {
  return { ...error, members: error.members, status };
}

/** Services say more than they model: S3 names the key in `NoSuchKey`, which has not even a message. */
function withMembers(error: ModelledError, names: readonly string[]): ModelledError {
  const known = error.members;
  const more = names.filter((name) => !known.some((member) => member.name === name));
  if (more.length === 0) return error;
  const text = { shape: { kind: 'string' }, required: false, traits: {}, memberTraits: {} } as const;
  return { ...error, members: [...known, ...more.map((name) => ({ name, ...text }))] };
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
