import type { PermissionsService } from '@backstage/backend-plugin-api';
import type { createRouteFactory } from '@leitstand/plugin-kit-node';
import type { ConnectionService } from '../services/ConnectionService';
import type { DatasetService } from '../services/DatasetService';
import type { FeatureService } from '../services/FeatureService';
import type { JobService } from '../services/JobService';
import type { ModelList } from '../services/ModelList';
import type { ModelService } from '../services/ModelService';
import type { PredictionService } from '../services/PredictionService';
import type { QueryEstimator } from '../services/QueryEstimator';
import type { ResidualService } from '../services/ResidualService';
import type { ServingService } from '../services/ServingService';

/** What the area's routes stand on. */
export interface RouteContext {
  route: ReturnType<typeof createRouteFactory<'user'>>;
  permissions: PermissionsService;
  connections: ConnectionService;
  datasets: DatasetService;
  estimator: QueryEstimator;
  features: FeatureService;
  jobs: JobService;
  modelList: ModelList;
  models: ModelService;
  predictions: PredictionService;
  residuals: ResidualService;
  serving: ServingService;
}
