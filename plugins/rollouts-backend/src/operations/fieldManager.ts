/** Under which name the cluster records what operations change (`metadata.managedFields`). */
export const FIELD_MANAGER = 'leitstand';
