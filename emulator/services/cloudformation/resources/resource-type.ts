import type { InnerClients, OperationOf } from '../../../service/inner-calls.ts';
import type { InputOf, OutputOf } from '../../../service/operations.ts';
import type { Scope } from '../../../service/call.ts';
import type { Json } from '../../../state/state.ts';

/** A resource's properties, every function in them worked out. */
export type Properties = Readonly<Record<string, Json>>;

/** What a resource is once it exists. */
export interface Physical {
  /** The physical id: what `Ref` gives. */
  readonly id: string;
  /** What `Fn::GetAtt` gives, by dotted name: `Arn`, `Endpoint.Address`. */
  readonly attributes: Readonly<Record<string, Json>>;
}

/** A resource as the stack keeps it. */
export interface Kept extends Physical {
  readonly properties: Properties;
}

/** What making, changing or removing one resource may use. */
export interface ResourceWork {
  readonly scope: Scope;
  readonly stackId: string;
  readonly stackName: string;
  readonly logicalId: string;
  /** Tags that the resource gets besides its own: those of the stack and `aws:cloudformation:…`. */
  readonly tags: Readonly<Record<string, string>>;
  /** The same whenever this very step is tried again after the cloud has ended in the middle. */
  readonly token: string;
  readonly signal: AbortSignal;
  /**
   * A name for a resource that was given none: `stack-logicalId-` and 12 letters and digits, the same for the same
   * token, shortened to `most` characters as CloudFormation does.
   */
  name(most?: number, form?: 'lowerCase'): string;
  /** Calls a service in the name of whoever deploys: their key, or the stack's service role. @throws ServiceFailure */
  call<Id extends keyof InnerClients, Name extends OperationOf<InnerClients[Id]>>(
    service: Id,
    operation: Name,
    input: InputOf<InnerClients[Id], Name>,
  ): Promise<OutputOf<InnerClients[Id], Name>>;
  /** Looks again, as things change, until `look` gives something. @throws ResourceFailure after that many seconds */
  until<T>(seconds: number, what: string, look: () => Promise<T | undefined>): Promise<T>;
}

/**
 * How CloudFormation makes, changes and removes the resources of one type, by the owning service's own operations.
 * What the type's properties are, which may be left out and which cannot change is in its schema, not here.
 */
export interface ResourceType {
  /** Makes it. A step that failed leaves nothing behind. @throws ServiceFailure or ResourceFailure */
  create(properties: Properties, work: ResourceWork): Promise<Physical>;
  /**
   * Changes it in place. Called only where no changed property needs a replacement; absent where every change does.
   * @throws ServiceFailure or ResourceFailure
   */
  update?(kept: Kept, wanted: Properties, work: ResourceWork): Promise<Physical>;
  /** Removes it. One that is gone already is no failure. @throws ServiceFailure or ResourceFailure */
  delete(kept: Kept, work: ResourceWork): Promise<void>;
  /** Its properties as they are now, for drift; undefined where it is gone. Absent: drift is not told of this type. */
  read?(kept: Kept, work: ResourceWork): Promise<Properties | undefined>;
  /**
   * What a `create` with this token has left behind when the cloud ended in the middle of it: it is removed, and made
   * again. Absent where `delete` with the name that `create` gives finds it, see {@link nameOf}.
   * @param known physical ids that are not meant: what the resource was before, with the same marks
   */
  find?(
    properties: Properties,
    work: ResourceWork,
    known?: ReadonlySet<string>,
  ): Promise<Physical | undefined>;
  /** The physical id that `create` will give, where it is known beforehand. */
  nameOf?(properties: Properties, work: ResourceWork): string | undefined;
  /** Changes that need a replacement though the schema's create-only properties stay. */
  replaces?(before: Properties, wanted: Properties): boolean;
}

/** Why a resource could not be made, changed or removed, where no service said so itself. */
export class ResourceFailure extends Error {
  override readonly name = 'ResourceFailure';
}
