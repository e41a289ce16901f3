import { useApiHolder } from '@backstage/core-plugin-api';
import { appLanguageApiRef, useTranslationRef } from '@backstage/core-plugin-api/alpha';
import { kitReactTranslationRef } from './kitReactTranslationRef';

/** The language that the person chose in the settings, as a BCP 47 tag for `Intl`. English where the app has no choice. */
export function useLocale(): string {
  useTranslationRef(kitReactTranslationRef); // renders again when the language changes
  return useApiHolder().get(appLanguageApiRef)?.getLanguage().language ?? 'en';
}
