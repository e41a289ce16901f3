export { saveAsFile } from './saveAsFile';
