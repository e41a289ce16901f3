import { ThemeBlueprint } from '@backstage/plugin-app-react';
import { LeitstandThemeProvider } from '@leitstand/plugin-kit-react';
import DarkModeOutlinedIcon from '@mui/icons-material/DarkModeOutlined';
import LightModeOutlinedIcon from '@mui/icons-material/LightModeOutlined';

// The names are those of Backstage's own two themes, which these replace. Following the system is part of the theme API.
export const lightTheme = ThemeBlueprint.make({
  name: 'light',
  params: {
    theme: {
      id: 'light',
      title: 'Light',
      variant: 'light',
      icon: <LightModeOutlinedIcon />,
      Provider: ({ children }) => <LeitstandThemeProvider mode="light">{children}</LeitstandThemeProvider>,
    },
  },
});

export const darkTheme = ThemeBlueprint.make({
  name: 'dark',
  params: {
    theme: {
      id: 'dark',
      title: 'Dark',
      variant: 'dark',
      icon: <DarkModeOutlinedIcon />,
      Provider: ({ children }) => <LeitstandThemeProvider mode="dark">{children}</LeitstandThemeProvider>,
    },
  },
});
