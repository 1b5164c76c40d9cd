import { Command } from 'commander';
import { addExamples, addHelpCommand } from './help.ts';

const rebuild = new Command('rebuild')
  .description('Make the search index anew from what is stored. A server may go on serving meanwhile.')
  .action(async () => {
    const { environmentSettings } = await import('../settings.ts');
    const { rebuildSearch } = await import('../store/search.ts');
    const { databasePath } = environmentSettings();
    const texts = rebuildSearch(databasePath);
    console.log(`Indexed ${texts} ${texts === 1 ? 'text' : 'texts'} of ${databasePath}.`);
  });

addExamples(rebuild, [
  { says: 'Make the index anew, after a check found it out of step.', command: 'expograph search rebuild' },
]);

const check = new Command('check')
  .description('Compare the search index with all that is stored, text by text. A start looks at the counts only.')
  .action(async () => {
    const { environmentSettings } = await import('../settings.ts');
    const { StoreError } = await import('../store/connect.ts');
    const { checkSearch } = await import('../store/search.ts');
    const { databasePath } = environmentSettings();
    try {
      checkSearch(databasePath, { thorough: true });
    } catch (error) {
      // What a check is there to find is not a database that cannot be opened.
      if (!(error instanceof StoreError) || error.code !== 'SEARCH_STALE') throw error;
      console.error(error.message);
      process.exitCode = 1;
      return;
    }
    console.log(`The search index of ${databasePath} is in step.`);
  });

addExamples(check, [
  {
    says: 'Check it, and make it anew where it is out of step.',
    command: 'expograph search check || expograph search rebuild',
  },
]);

/** What there is to do about the search index. */
export const searchCommand = new Command('search')
  .description('Look after the search index, which imports keep in step by themselves.')
  .addCommand(check)
  .addCommand(rebuild);
addHelpCommand(searchCommand);
