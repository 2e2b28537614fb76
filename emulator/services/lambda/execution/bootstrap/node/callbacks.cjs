'use strict';
/*
 * Runtimes up to nodejs22.x: a handler may answer through a callback or `context.succeed`, `fail` and `done`,
 * and a callback's answer waits until the event loop is empty unless the context says otherwise.
 */

/**
 * @param {(outcome: {value: unknown} | {error: unknown}) => void} settle takes the first outcome only
 * @param {(task: () => void) => void} whenIdle sets what is done when the event loop is empty
 */
exports.equip = (context, settle, whenIdle) => {
  let waits = true;
  let finished = false;
  const once =
    (task) =>
    (...given) => {
      if (finished) return;
      finished = true;
      task(...given);
    };
  const done = (error, value) => settle(error === undefined || error === null ? { value } : { error });
  Object.defineProperty(context, 'callbackWaitsForEmptyEventLoop', {
    enumerable: true,
    configurable: true,
    get: () => waits,
    set: (value) => {
      waits = value;
    },
  });
  context.succeed = once((value) => done(null, value));
  context.fail = once((error) => done(error ?? 'handled'));
  context.done = once(done);
  return once((error, value) => {
    if ((error !== undefined && error !== null) || !waits) done(error, value);
    else whenIdle(() => setImmediate(() => settle({ value })));
  });
};
