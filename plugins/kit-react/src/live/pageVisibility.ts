/** Whether anybody can see the page, and a way to hear when that changes. */
export interface PageVisibility {
  isHidden(): boolean;
  /** Returns the function that ends the subscription. */
  onChange(listener: () => void): () => void;
}

/** Visibility of the browser tab. */
export const tabVisibility: PageVisibility = {
  isHidden: () => document.hidden,
  onChange: listener => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};
