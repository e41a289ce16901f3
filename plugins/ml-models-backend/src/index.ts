/** BigQuery ML: models, predictions, jobs, operations. @packageDocumentation */
import { createBackendFeatureLoader } from '@backstage/backend-plugin-api';

/** Everything of the area; each part has a subpath of its own as well. */
export default createBackendFeatureLoader({
  async loader() {
    return [import('./plugin'), import('./catalog/module'), import('./operations/module')];
  },
});
