export { FeaturesView } from './FeaturesView';
