/**
 * Node.js runtimes on which the functions of this lab may run (Lambda developer guide, "Lambda runtimes"). A newer
 * one is one word here, once it is generally available.
 */
export const allowedRuntimes: readonly string[] = ['nodejs24.x', 'nodejs22.x'];
