export { QuantityBar } from './QuantityBar';
