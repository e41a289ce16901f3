/** One event stream per browser tab. @packageDocumentation */
export { livePlugin as default } from './plugin';
