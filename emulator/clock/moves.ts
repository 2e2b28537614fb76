/** How far the cloud's clock was ahead of the host's, and since when. */
export interface Moves {
  /** @param host the host's time of the move, in ms since 1970. @param offset ms that the cloud is ahead since then */
  moved(host: number, offset: number): void;
  /** The cloud's time when the host's was this. Clients sign with the host's time, whatever the cloud's. */
  cloudTime(host: number): number;
}

/** Older moves than this many are forgotten. */
const MOST = 1_000;

/** @param offset how far the clock is ahead at the start */
export function trackMoves(offset: number): Moves {
  const moves = [{ host: -Infinity, offset }];
  return {
    moved: (host, ahead) => {
      moves.push({ host, offset: ahead });
      if (moves.length > MOST) moves.splice(1, 1);
    },
    cloudTime: (host) => host + (moves.findLast((move) => move.host <= host)?.offset ?? offset),
  };
}
