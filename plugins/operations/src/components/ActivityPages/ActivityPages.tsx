import { freezesRouteRef } from '@leitstand/plugin-operations-react';
import { Route, Routes } from 'react-router-dom';
import { ActivityPage } from '../ActivityPage';
import { FreezesPage } from '../FreezesPage';
import { FormerRunPage } from './FormerRunPage';

/** The pages below `/activity`. The navigation shows every page of a plugin, so these are one. */
export function ActivityPages() {
  return (
    <Routes>
      <Route index element={<ActivityPage />} />
      <Route path={freezesRouteRef.path.slice(1)} element={<FreezesPage />} />
      <Route path=":id" element={<FormerRunPage />} />
    </Routes>
  );
}
