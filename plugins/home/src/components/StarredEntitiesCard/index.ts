export { StarredEntitiesCard } from './StarredEntitiesCard';
