import type { Paper } from '../../src/papers/paper.ts';
import { paperOf } from './papers.ts';

const talk = (id: string, title: string, hall: string, day: string, start: string, end: string): Paper =>
  paperOf({
    id,
    title,
    abstract: `${title}, with all that is known of it.`,
    authors: ['Ada Meadow', 'Ben Brook'],
    session: {
      name: title.includes('Bread') ? 'Baking' : 'Birds',
      hall,
      start: `2025-04-${day}T${start}:00-07:00`,
      end: `2025-04-${day}T${end}:00-07:00`,
    },
  });

/** A small conference: two days and two rooms; talks that clash, run over midnight, or lack an end, a time, a session. */
export const CONFERENCE_PAPERS: readonly Paper[] = [
  talk('storks-deserts', 'Migrating Storks over Deserts', 'Hall 2', '25', '09:00', '09:20'),
  talk('storks-seas', 'Migrating Storks over Seas', 'Hall 10', '25', '09:10', '09:40'),
  talk('bread-crust', 'Bread with a Crust', 'Hall 2', '25', '14:00', '14:20'),
  talk('bread-crumb', 'Bread without a Crumb', 'Hall 10', '25', '14:00', '14:20'),
  paperOf({
    id: 'night',
    title: 'Night Owls',
    session: {
      name: 'Birds',
      hall: 'Hall 2',
      start: '2025-04-25T23:30:00-07:00',
      end: '2025-04-26T00:30:00-07:00',
    },
  }),
  talk('bread-rye', 'Bread of Rye', 'Hall 2', '26', '09:00', '09:20'),
  talk('swifts', 'Swifts that Sleep in Flight', 'Hall 2', '26', '09:20', '09:40'),
  paperOf({
    id: 'keynote',
    title: 'A Keynote on <script>document.title="stolen"</script> and "><img src=x onerror=alert(1)>',
    session: { name: 'Keynote', hall: 'Hall 10', start: '2025-04-26T11:00:00-07:00' },
  }),
  paperOf({ id: 'panel', title: 'A Panel', session: { name: 'Panel', start: 'to be announced' } }),
  paperOf({ id: 'journal', title: 'Storks in a Journal', abstract: 'Storks that nobody presents.' }),
];
