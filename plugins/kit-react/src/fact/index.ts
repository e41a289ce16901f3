export { Fact, FactList } from './Fact';
