export interface Config {
  /** BigQuery ML: models, predictions, jobs. Without connections the area is absent. */
  mlModels?: {
    connections?: Array<{
      /** Shown to people. */
      name: string;
      /** The project that queries are billed to. */
      projectId: string;
      /** Projects that are read. Default: `projectId` alone. */
      projects?: string[];
      /** Where queries run, for example `EU`. */
      location: string;
      /** Default: Google's. */
      apiEndpoint?: string;
      /**
       * A fixed access token. Without this, `keyFile` and `credentials`: application default credentials.
       * @visibility secret
       */
      accessToken?: string;
      /** Path of a service account's key file. */
      keyFile?: string;
      /**
       * JSON of a service account's key file.
       * @visibility secret
       */
      credentials?: string;
    }>;
    catalog?: {
      schedule?: {
        /** Before the first look, in seconds. Default: 3. */
        initialDelaySeconds?: number;
        /** Between two looks, in seconds. Default: 20. */
        frequencySeconds?: number;
      };
    };
    /** Most that one query may bill, in bytes. Default: 1073741824 (1 GiB). */
    maximumBytesBilled?: number;
    /** What on-demand queries cost; left out, costs are shown in bytes only. */
    price?: {
      /** For each tebibyte that is billed. */
      perTebibyte: number;
      /** ISO 4217, for example `USD`. */
      currency: string;
    };
    serving?: {
      /** Services that may be called for a prediction. Default: none. */
      allow?: Array<{
        /** The service in the catalogue; its annotation `leitstand.io/prediction-path` says the path. */
        entityRef: string;
        /** Where it answers, for example `http://backend-service.default.svc:3001`. */
        origin: string;
      }>;
    };
  };
  operations?: {
    upstreams?: {
      bigquery?: {
        /** Credentials that may change things, for connections of `mlModels`. */
        connections?: Array<{
          /** Name of one of `mlModels.connections`. */
          name: string;
          /** @visibility secret */
          accessToken?: string;
          keyFile?: string;
          /** @visibility secret */
          credentials?: string;
        }>;
      };
    };
  };
}
