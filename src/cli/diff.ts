import { Command } from 'commander';
import { addExamples } from './help.ts';
import { Progress } from './progress.ts';
import { VerdictList, type VerdictOptions, verdictOptions } from './verdicts.ts';

/** Compares two datasets, record by record. */
export const diffCommand = new Command('diff')
  .description(
    'Compare two datasets record by record: what would be created, updated and removed if the second took the place of the first.',
  )
  .argument('<before>', 'a data file, a folder of them, or a database')
  .argument('<after>', 'likewise')
  .option('--exit-code', 'end with 1 where they differ')
  .action(async (before: string, after: string, options: VerdictOptions & { exitCode?: true }) => {
    const { diffDatasets } = await import('../dataset/diff.ts');
    const verdicts = new VerdictList(options);
    const progress = new Progress(!options.quiet);
    try {
      const result = diffDatasets(before, after, { onVerdict: verdicts.add, onProgress: progress.show });
      progress.clear();
      await verdicts.print(result);
      if (options.exitCode && result.created + result.updated + result.removed > 0) process.exitCode = 1;
    } finally {
      progress.clear();
    }
  });
for (const option of verdictOptions) diffCommand.addOption(option);

addExamples(diffCommand, [
  { says: 'What was edited since the database was made.', command: 'expograph diff var/expograph.db data' },
  {
    says: 'Fail where a folder is not what the database has.',
    command: 'expograph diff data var/expograph.db --exit-code --quiet',
  },
]);
