import '@testing-library/jest-dom';
import { configure } from '@testing-library/react';

// A page of many lazy parts takes longer than the default of one second while other tests use the machine.
configure({ asyncUtilTimeout: 30_000 });
