import fs from 'node:fs';

/** `node:fs` as it is without faults: to be imported before `patched-fs.ts`. */
export const realFs = { ...fs };
export const realPromises = { ...fs.promises };
