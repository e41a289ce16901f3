import { confusionMatrix } from './confusionMatrix';
import { evaluate } from './evaluate';
import { explainPredict } from './explainPredict';
import { globalExplain } from './globalExplain';
import { featureInfo, trainingInfo } from './information';
import type { MlFunction } from './MlFunction';
import { predict } from './predict';
import { rocCurve } from './rocCurve';
import { weights } from './weights';

/** The ML functions that there are, by name without `ML.`. */
export const mlFunctions: Partial<Record<string, MlFunction>> = {
  PREDICT: predict,
  EVALUATE: evaluate,
  TRAINING_INFO: trainingInfo,
  FEATURE_INFO: featureInfo,
  WEIGHTS: weights,
  CONFUSION_MATRIX: confusionMatrix,
  ROC_CURVE: rocCurve,
  EXPLAIN_PREDICT: explainPredict,
  GLOBAL_EXPLAIN: globalExplain,
};
