/** How data files can be written. */
export const formats = ['yaml', 'json', 'jsonl'] as const;
