export { ConnectionsIcon } from './ConnectionsIcon';
