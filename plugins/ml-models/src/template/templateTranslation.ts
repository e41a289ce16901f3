import type { ApiHolder } from '@backstage/core-plugin-api';
import { createTranslationRef, translationApiRef } from '@backstage/core-plugin-api/alpha';
import { templateMessages } from './templateMessages';

/** Texts of the template's fields. */
export const mlModelsTemplateTranslationRef = createTranslationRef({
  id: 'ml-models.template',
  messages: templateMessages,
});

/** What is said of a value that cannot be taken. */
type InvalidWord =
  `${'dataset' | 'source' | 'columns' | 'options' | 'gate' | 'repository'}.invalid` | 'source.invalidTable';

/** Words of the fields where there is no component: in what checks their values. */
export function templateWordsOf(apis: ApiHolder): (word: InvalidWord) => string {
  const snapshot = apis.get(translationApiRef)?.getTranslation(mlModelsTemplateTranslationRef);
  if (!snapshot?.ready) throw new Error('The texts of the fields are not loaded');
  return word => snapshot.t(word);
}
