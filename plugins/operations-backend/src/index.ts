/** The one door for writes: plan, permission, ledger, progress. @packageDocumentation */
export { operationsPlugin as default } from './plugin';
export { verifyLedger, type LedgerVerification } from './ledger/verifyLedger';
