import { Command } from 'commander';
import { environmentSettings } from '../settings.ts';
import { rebuildSearch } from '../store/search.ts';

const rebuild = new Command('rebuild')
  .description('Make the search index anew from what is stored. A server may go on serving meanwhile.')
  .action(() => {
    const { databasePath } = environmentSettings();
    const texts = rebuildSearch(databasePath);
    console.log(`Indexed ${texts} ${texts === 1 ? 'text' : 'texts'} of ${databasePath}.`);
  });

/** What there is to do about the search index. */
export const searchCommand = new Command('search')
  .description('Look after the search index, which imports keep in step by themselves.')
  .addCommand(rebuild);
