export interface Config {
  operations?: {
    /**
     * Templates that change things through the door, for example `template:default/roll-back-release`: the pages of their
     * tasks show the runs. Default: none.
     *
     * @visibility frontend
     */
    templates?: string[];
  };
}
