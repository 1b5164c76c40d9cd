import { Field, ObjectType } from 'type-graphql';
import { column } from '../select/origin.ts';
import { editionNotes } from '../store/tables.ts';
import { EditionNoteKind, Standing } from './enums.ts';
import { From, LocaleArgument, StoredIn } from './field.ts';
import { text } from './localized-text.ts';
import { Node } from './node.ts';
import { Cited } from './source.ts';

@ObjectType('EditionNote', {
  implements: [Node, Cited],
  description: 'A sourced fact about an edition that is no number: an outcome, a co-located event, an earlier plan.',
})
@StoredIn(editionNotes)
export class EditionNote {
  @Field(() => EditionNoteKind, { description: 'What it is about.' })
  @From(column(editionNotes.kind))
  kind!: string;

  @Field(() => String, { description: 'The fact, in the editors’ words.' })
  @LocaleArgument()
  @From(text('text'))
  text!: string;

  @Field(() => Standing, { description: 'DISPUTED where better evidence contradicts it.' })
  @From(column(editionNotes.standing))
  standing!: string;
}
