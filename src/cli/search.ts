import { Command } from 'commander';
import { environmentSettings } from '../settings.ts';
import { checkSearch, rebuildSearch } from '../store/search.ts';

const rebuild = new Command('rebuild')
  .description('Make the search index anew from what is stored. A server may go on serving meanwhile.')
  .action(() => {
    const { databasePath } = environmentSettings();
    const texts = rebuildSearch(databasePath);
    console.log(`Indexed ${texts} ${texts === 1 ? 'text' : 'texts'} of ${databasePath}.`);
  });

const check = new Command('check')
  .description('Compare the search index with all that is stored, text by text. A start looks at the counts only.')
  .action(() => {
    const { databasePath } = environmentSettings();
    checkSearch(databasePath, { thorough: true });
    console.log(`The search index of ${databasePath} is in step.`);
  });

/** What there is to do about the search index. */
export const searchCommand = new Command('search')
  .description('Look after the search index, which imports keep in step by themselves.')
  .addCommand(check)
  .addCommand(rebuild);
