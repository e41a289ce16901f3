import {
  createExtensionBlueprint,
  createExtensionDataRef,
  coreExtensionData,
  ExtensionBoundary,
} from '@backstage/frontend-plugin-api';
import type { JSX } from 'react';

/** How a card stands on the home page. */
export interface HomeCardPlacement {
  /** Cards of one column stand below each other by this number. Default: 100. */
  order: number;
  /** `main` is two thirds of the page's width, `side` one third. Default: `main`. */
  column: 'main' | 'side';
}

/** What an area says about its card. */
export interface HomeCardParams extends Partial<HomeCardPlacement> {
  /** The card's whole content; use {@link HomeCard} so that all cards look alike. */
  loader: () => Promise<JSX.Element>;
}

const placementDataRef = createExtensionDataRef<HomeCardPlacement>().with({ id: 'leitstand.home-card.placement' });

/** An extension through which an area puts a card on the home page. */
export const HomeCardBlueprint = createExtensionBlueprint({
  kind: 'home-card',
  attachTo: { id: 'page:leitstand-home', input: 'cards' },
  output: [coreExtensionData.reactElement, placementDataRef],
  dataRefs: { placement: placementDataRef },
  *factory(params: HomeCardParams, { node }) {
    yield coreExtensionData.reactElement(ExtensionBoundary.lazy(node, params.loader));
    yield placementDataRef({ order: params.order ?? 100, column: params.column ?? 'main' });
  },
});
