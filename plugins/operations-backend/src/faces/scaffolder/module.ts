import { coreServices, createBackendModule } from '@backstage/backend-plugin-api';
import { catalogServiceRef } from '@backstage/plugin-catalog-node';
import { scaffolderActionsExtensionPoint } from '@backstage/plugin-scaffolder-node';
import { createRunAction } from './actions/run';
import { createUndoAction } from './actions/undo';
import { areSignInsMarked } from '../../services/isSignInToken';
import { runLinks } from '../runLink';
import { DoorAccess } from './DoorAccess';
import { PeopleNames } from './PeopleNames';

/** The door as steps of templates: `operations:run` and `operations:undo`. */
export default createBackendModule({
  pluginId: 'scaffolder',
  moduleId: 'operations',
  register(env) {
    env.registerInit({
      deps: {
        actions: scaffolderActionsExtensionPoint,
        auth: coreServices.auth,
        catalog: catalogServiceRef,
        config: coreServices.rootConfig,
        discovery: coreServices.discovery,
      },
      async init({ actions, config, ...services }) {
        const marked = areSignInsMarked(config);
        const door = new DoorAccess({
          ...{ auth: services.auth, discovery: services.discovery, areSignInsMarked: marked },
          ...{ names: new PeopleNames(services), linkTo: runLinks(config) },
        });
        actions.addActions(createRunAction(door), createUndoAction(door));
      },
    });
  },
});
