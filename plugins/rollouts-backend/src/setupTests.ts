// Tests start real servers; on a busy machine the default of five seconds is too short.
jest.setTimeout(30_000);
