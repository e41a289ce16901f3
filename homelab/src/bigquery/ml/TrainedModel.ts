import type { Field, IterationResult } from '../model';
import type { GlobalExplanation } from './explain';
import type { FeatureStatistics } from './featureStatistics';
import type { Input } from './inputs';
import type { TrainingOptions } from './options';

/** Expected and computed values of the rows that a model is judged by; those of the training if nothing was split off. */
export interface Judgement {
  /** Of a regression the labels; of a classification the indexes of their classes. */
  expected: number[];
  /** Per row: the predicted value, the probability of the higher class, or the probabilities of all classes. */
  predicted: number[][];
}

/** A model as it is stored: plain values that survive JSON. */
export interface TrainedModel {
  /** As in the REST resource (`Model.ModelType`). */
  modelType: 'LINEAR_REGRESSION' | 'LOGISTIC_REGRESSION';
  label: Field;
  /** Columns in the order of the training query, without label and split column. */
  features: Field[];
  /** Texts of the labels in ascending order; of a regression empty. */
  classes: string[];
  inputs: Input[];
  /**
   * One vector for a regression or a binary classification (of its higher class), otherwise one for each class; its
   * numbers belong to the columns of {@link Input} one after the other, standardised.
   */
  weights: number[][];
  /** One for each vector of {@link weights}. */
  intercepts: number[];
  options: TrainingOptions;
  /** RFC 3339. */
  startedAt: string;
  iterations: IterationResult[];
  statistics: FeatureStatistics[];
  judgement: Judgement;
  /** If `enable_global_explain` was set. */
  explanation?: GlobalExplanation;
}
