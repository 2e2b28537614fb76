import type { Scope } from '../service/call.ts';

export type TrailId = string & { readonly __trail: unique symbol };

/** What can happen, and what is told of it. */
export interface TrailFacts {
  'api.call': {
    service: string;
    operation: string;
    requestId: string;
    principal: string;
    status?: number;
    error?: string;
  };
  decision: { by: string; outcome: string; why: string };
  'lambda.environment': {
    functionArn: string;
    environment: string;
    phase: 'init' | 'ready' | 'frozen' | 'thawed' | 'ended';
    why?: string;
    ms?: number;
  };
  'lambda.invocation': {
    functionArn: string;
    requestId: string;
    environment?: string;
    cold?: boolean;
    ms?: number;
    initMs?: number;
    outcome?: string;
  };
  'log.line': { group: string; stream: string; requestId?: string; message: string };
}
export type TrailKind = keyof TrailFacts;
export type TrailEntry = {
  [Kind in TrailKind]: {
    readonly id: TrailId;
    readonly kind: Kind;
    /** The entry that led to this one. */
    readonly cause: TrailId | undefined;
    /** ms since 1970, cloud time. */
    readonly at: number;
    readonly scope: Scope;
    readonly facts: Readonly<TrailFacts[Kind]>;
  };
}[TrailKind];

/** What happened, as one causal record: API call → decision → invocation → log line. In memory, bounded. */
export interface Trail {
  record<Kind extends TrailKind>(scope: Scope, kind: Kind, facts: TrailFacts[Kind], cause?: TrailId): TrailId;
  /** Adds facts that became known later (a status, a duration). */
  complete<Kind extends TrailKind>(id: TrailId, facts: Partial<TrailFacts[Kind]>): void;
  /** Entries of a scope after `after`, oldest first. */
  read(scope: Scope, after?: TrailId): readonly TrailEntry[];
  /** Calls `listener` for every later entry of any scope; returns the way to stop. */
  subscribe(listener: (entry: TrailEntry) => void): () => void;
}
