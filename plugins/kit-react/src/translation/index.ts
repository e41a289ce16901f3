export { kitReactTranslationRef } from './kitReactTranslationRef';
export { useLocale } from './useLocale';
