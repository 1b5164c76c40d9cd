import { Command } from 'commander';
import { DatasetError } from '../dataset/problems.ts';
import { UsageError } from './failure.ts';
import { addExamples } from './help.ts';
import { withInput } from './input.ts';
import { Progress } from './progress.ts';
import { VerdictList, type VerdictOptions, verdictOptions } from './verdicts.ts';

/** Compares two datasets, record by record. */
export const diffCommand = new Command('diff')
  .description(
    'Compare two datasets record by record: what would be created, updated and removed if the second took the place of the first.',
  )
  .argument('<before>', 'a data file, a folder of them, a database, or - for standard input')
  .argument('<after>', 'likewise')
  .option('--exit-code', 'end with 1 where they differ; where they cannot be compared, it is 2 or 3')
  .action(async (before: string, after: string, options: VerdictOptions & { exitCode?: true }) => {
    if (before === '-' && after === '-') throw new UsageError('Only one of the two can be standard input.');
    const { diffDatasets } = await import('../dataset/diff.ts');
    const verdicts = new VerdictList(options);
    const progress = new Progress(!options.quiet);
    const told = { onVerdict: verdicts.add, onProgress: progress.show };
    try {
      const result = await withInput(before, (path, name) =>
        withInput(after, (other, otherName) => diffDatasets({ path, name }, { path: other, name: otherName }, told)),
      );
      progress.clear();
      await verdicts.print(result);
      if (options.exitCode && result.created + result.updated + result.removed > 0) process.exitCode = 1;
    } catch (error) {
      // To whom 1 says that they differ, what cannot be compared is another thing.
      throw error instanceof DatasetError ? new UsageError(error.message) : error;
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
