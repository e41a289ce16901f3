export { ManualClock, createSystemClock, type Clock, type Timer } from './Clock';
export { createRandom, type Random } from './Random';
export { FaultPlan, type FaultEffect, type FaultMatch, type ForeignReply } from './FaultPlan';
export { RequestJournal, type JournalEntry } from './RequestJournal';
export { Store, type Collection, type StoreSnapshot } from './Store';
export { Listener, type Exchange, type ListenerOptions } from './Listener';
export { createCertificate, type Certificate } from './createCertificate';
export { escapeHtml, htmlContentSecurityPolicy, htmlPage } from './htmlPage';
