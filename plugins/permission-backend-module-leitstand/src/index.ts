export { permissionModuleLeitstand as default } from './module';
