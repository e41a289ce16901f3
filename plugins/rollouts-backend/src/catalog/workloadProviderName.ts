/** Name of the provider in the catalogue, and of its lease. */
export const workloadProviderName = 'rollouts-workloads';
