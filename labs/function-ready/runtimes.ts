/**
 * Runtimes that labs accept (Lambda developer guide, "Lambda runtimes"). A newer Node.js is one line here, once it is
 * generally available.
 */
export const allowedRuntimes: readonly string[] = ['nodejs24.x', 'nodejs22.x'];
