/**
 * Lists the licence of every package that is installed with the product, and fails for one that is not allowed:
 *   npm run licenses
 */
import { forbidden, productionPackages } from './licenses/packages.ts';

const packages = productionPackages();
for (const { name, version, license } of packages) {
  process.stdout.write(`${license}\t${name}@${version}\n`);
}
const wrong = forbidden(packages);
for (const { name, version, license } of wrong) {
  process.stderr.write(`Not allowed: ${name}@${version} is under ${license}.\n`);
}
process.exitCode = wrong.length > 0 ? 1 : 0;
