/** A subscription filter as it is kept. */
export interface SubscriptionRow {
  readonly group: string;
  readonly name: string;
  readonly pattern: string;
  readonly destination: string;
  readonly role: string | null;
  readonly distribution: 'ByLogStream' | 'Random';
  /** ms since 1970 */
  readonly created: number;
}

/** Events that wait for their destination. */
export interface DeliveryRow {
  readonly group: string;
  readonly filter: string;
  readonly stream: string;
  readonly events: readonly { readonly id: string; readonly timestamp: number; readonly message: string }[];
  /** ms since 1970, cloud time */
  readonly dueAt: number;
  /** When the first attempt was due. */
  readonly since: number;
  readonly tries: number;
}
