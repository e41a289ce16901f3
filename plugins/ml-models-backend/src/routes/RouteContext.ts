import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { createRouteFactory } from '@leitstand/plugin-kit-node';
import type { DatasetService } from '../services/DatasetService';
import type { FeatureService } from '../services/FeatureService';
import type { ModelList } from '../services/ModelList';
import type { ModelService } from '../services/ModelService';
import type { PredictionService } from '../services/PredictionService';
import type { ServingService } from '../services/ServingService';

/** What the area's routes stand on. */
export interface RouteContext {
  route: ReturnType<typeof createRouteFactory<'user'>>;
  permissions: PermissionsService;
  datasets: DatasetService;
  features: FeatureService;
  modelList: ModelList;
  models: ModelService;
  predictions: PredictionService;
  serving: ServingService;
}
