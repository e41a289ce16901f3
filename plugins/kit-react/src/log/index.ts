export { LogView } from './LogView';
export { appendLogLines, defaultLogLineCount, emptyLogBuffer } from './logBuffer';
export type { LogBuffer, LogLine } from './logBuffer';
export { findLogLines, stepMatch } from './searchLog';
