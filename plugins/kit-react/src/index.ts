/** What the frontend plugins of Leitstand share. @packageDocumentation */
export * from './charts';
export * from './connections';
export * from './file';
export * from './filter';
export * from './home';
export * from './live';
export * from './log';
export * from './page';
export * from './quantity';
export * from './resource';
export * from './states';
export * from './status';
export * from './table';
export * from './theme';
export * from './time';
export * from './translation';
export * from './units';
