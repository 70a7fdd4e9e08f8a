import { testContract } from './contract.ts';
import { embedded } from './engines/embedded.ts';

testContract(embedded);
