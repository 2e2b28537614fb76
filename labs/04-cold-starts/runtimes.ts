/**
 * Node.js runtimes on which a function of this lab may run. AWS ended support for nodejs20.x on 2026-04-30
 * (Lambda developer guide, "Lambda runtimes"). A runtime that becomes generally available is one more word here.
 */
export const allowedRuntimes: readonly string[] = ['nodejs24.x', 'nodejs22.x'];
