import {
  Sidebar,
  SidebarDivider,
  SidebarGroup,
  SidebarItem,
  SidebarScrollWrapper,
  SidebarSpace,
} from '@backstage/core-components';
import { useTranslationRef } from '@backstage/core-plugin-api/alpha';
import type { NavContentComponentProps, NavContentNavItem } from '@backstage/plugin-app-react';
import { NotificationsSidebarItem } from '@backstage/plugin-notifications';
import { SidebarSearchModal } from '@backstage/plugin-search';
import { Settings, UserSettingsSignInAvatar } from '@backstage/plugin-user-settings';
import MenuIcon from '@mui/icons-material/Menu';
import SearchIcon from '@mui/icons-material/Search';
import { appTranslationRef } from '../translation';
import { NavigationLogo } from './NavigationLogo';
import { SkipLink } from './SkipLink';

/** The desk at the left: the pages in the order in which they are needed, then those that plugins add, then the person. */
export function Navigation(props: NavContentComponentProps) {
  const { t } = useTranslationRef(appTranslationRef);
  const pages = props.navItems.withComponent(NavigationItem);
  const first = ['page:leitstand-home', 'page:rollouts', 'page:catalog', 'page:operations'].map(id => pages.take(id));
  const create = props.navItems.take('page:scaffolder');
  const register = props.navItems.take('page:catalog-import');
  // Reached otherwise: through the dialog and the person's item below.
  pages.take('page:search');
  pages.take('page:user-settings');
  const notifications = pages.take('page:notifications');
  return (
    <>
      <SkipLink />
      <Sidebar>
        <NavigationLogo />
        <SidebarGroup label={t('navigation.search')} icon={<SearchIcon />} to="/search">
          <SidebarSearchModal />
        </SidebarGroup>
        <SidebarDivider />
        <SidebarGroup label={t('navigation.menu')} icon={<MenuIcon />}>
          {first}
          <SidebarScrollWrapper>{pages.rest({ sortBy: 'title' })}</SidebarScrollWrapper>
          {create && <NavigationItem {...create} title={t('navigation.create')} />}
          {register && <NavigationItem {...register} title={t('navigation.register')} />}
        </SidebarGroup>
        <SidebarSpace />
        <SidebarDivider />
        {notifications && <NotificationsSidebarItem titleCounterEnabled={false} text={t('navigation.notifications')} />}
        <SidebarGroup label={t('navigation.settings')} icon={<UserSettingsSignInAvatar />} to="/settings">
          <Settings />
        </SidebarGroup>
      </Sidebar>
    </>
  );
}

function NavigationItem(props: NavContentNavItem) {
  return <SidebarItem to={props.href} text={props.title} icon={() => props.icon} />;
}
