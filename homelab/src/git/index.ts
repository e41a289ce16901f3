export { startGitHomelab, type GitHomelab, type GitHomelabOptions } from './startGitHomelab';
