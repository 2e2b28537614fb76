/** How work on a graph is done. */
interface Pace {
  /** How many nodes are worked on at the same time. */
  readonly most: number;
  /** Whether more may begin. */
  readonly goOn: () => boolean;
}

/**
 * Does work for every node of a graph, each as soon as those it waits for are done. Resolves when nothing is under
 * way and nothing more can begin. Nodes that wait for one whose work said `false` are not begun.
 * @param graph of each node those it waits for; names that are no nodes do not count
 * @param work says whether it is done
 */
export async function inOrderOf(
  graph: ReadonlyMap<string, Iterable<string>>,
  work: (node: string) => Promise<boolean>,
  { most, goOn }: Pace,
): Promise<void> {
  const waiting = new Map<string, Set<string>>();
  for (const [node, needs] of graph)
    waiting.set(node, new Set([...needs].filter((need) => need !== node && graph.has(need))));
  const under = new Set<Promise<void>>();
  const begin = (): void => {
    for (const [node, needs] of waiting) {
      if (under.size >= most || !goOn()) return;
      if (needs.size > 0) continue;
      waiting.delete(node);
      // In a turn of its own: what was done before is kept and can be seen, and others are served in between.
      const one = nextTurn(async () => await work(node)).then((done) => {
        under.delete(one);
        if (done) for (const others of waiting.values()) others.delete(node);
      });
      under.add(one);
    }
  };
  begin();
  while (under.size > 0) {
    await Promise.race(under);
    begin();
  }
}

async function nextTurn<T>(work: () => Promise<T>): Promise<T> {
  await new Promise(setImmediate);
  return await work();
}

/** The graph with its arrows turned round: of each node those that need it. */
export function turned(graph: ReadonlyMap<string, Iterable<string>>): Map<string, string[]> {
  const round = new Map<string, string[]>([...graph.keys()].map((node) => [node, []]));
  for (const [node, needs] of graph) for (const need of needs) round.get(need)?.push(node);
  return round;
}
