import base from '../../vitest.config.ts';

export default {
  ...base,
  test: { ...base.test, include: ['tests/faults/*.faults.ts'], testTimeout: 170_000, hookTimeout: 60_000 },
};
