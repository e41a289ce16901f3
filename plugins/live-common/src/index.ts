/** Contract and event-stream framing of the live stream. @packageDocumentation */
export * from './contract';
export * from './eventStream';
