export { mlFunctions } from './functions';
export { trainingInfoOf } from './functions/information';
export type { MlFunction } from './functions/MlFunction';
export { resourceOf, type ModelResource } from './resourceOf';
export { trainModel, type TrainingHooks } from './trainModel';
export type { TrainedModel } from './TrainedModel';
export { checkTraining } from './trainingColumns';
