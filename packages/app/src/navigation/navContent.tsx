import { NavContentBlueprint } from '@backstage/plugin-app-react';
import { Navigation } from './Navigation';

export const navigation = NavContentBlueprint.make({ params: { component: Navigation } });
