import fs from 'node:fs';

/** `node:fs` without faults: has to be imported before `patched-fs.ts`. */
export const realFs = { ...fs };
export const realPromises = { ...fs.promises };
