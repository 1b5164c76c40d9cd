import { fileURLToPath } from 'node:url';

/** The dataset that the package ships. Both src and dist lie beside it. */
export const SHIPPED_DATASET = fileURLToPath(new URL('../../data', import.meta.url));
