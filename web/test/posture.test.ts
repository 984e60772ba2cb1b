import assert from 'node:assert/strict';
import { test } from 'node:test';
import arabic from '../src/languages/ar.js';
import { formationTree, isOverdue, ladderOf, nextStates, orderable, siteWaits, unanswered } from '../src/model/posture.js';
import type { Configuration, DirectiveRow, FormationRow, Ladder, MeasureRow, SiteRow } from '../src/model/types.js';

const ladder = (id: string): Ladder => ({ id, phases: ['Normal', 'A'], measures: { A: ['doors', 'guards'] }, threatLevels: [], duties: [{ kind: 'boats', role: 'r' }] });
const measure = (kind: string, state: MeasureRow['state']): MeasureRow => ({
  kind, state, by: 'x', at: '', reportedWhen: '', confidence: '', restricted: false, role: '', escalated: 0, note: '',
});
const site = (measures: MeasureRow[]): SiteRow => ({ id: 'S', phase: 'A', since: '', by: '', reason: '', measures, readiness: [], standing: 'Sustained' });
const row = (state: FormationRow['state'], missing: string[] = []): FormationRow => ({
  formation: 'F', state, at: '', note: '', by: '', missing, acknowledgements: [], escalated: 0, awaitsApproval: false,
});

test('a site stands on its own ladder, else on the common one', () => {
  const configuration = { ladder: ladder(''), ladders: [ladder('own')], sites: [{ id: 'S', ladder: 'own' }, { id: 'T' }] } as unknown as Configuration;
  assert.equal(ladderOf(configuration, 'S')?.id, 'own');
  assert.equal(ladderOf(configuration, 'T')?.id, '');
});

test('what is ordered or done is not offered again, what has ended or was only reported is', () => assert.deepEqual(
  orderable(ladder(''), site([measure('doors', 'Ordered'), measure('guards', 'Reported'), measure('boats', 'Ended')])), ['guards', 'boats']));

test('a check follows only what is reported done, and every state has words', () => {
  assert.ok(nextStates('Done').includes('Checked'));
  for (const state of ['Ordered', 'UnderWay', 'Reported', 'Checked', 'Ended'] as const) {
    assert.ok(!nextStates(state).includes('Checked'), state);
    assert.ok(`measure.${state}` in arabic.words, state);
  }
});

test('who has not answered is named: the persons, or the formation', () => {
  assert.deepEqual(unanswered(row('Issued')), ['F']);
  assert.deepEqual(unanswered(row('Delivered', ['one'])), ['one']);
  assert.deepEqual(unanswered(row('UnderWay', ['one'])), ['one']);
  assert.deepEqual(unanswered(row('Acknowledged')), []);
  assert.deepEqual(unanswered(row('Done', ['one'])), []);
});

test('an overdue answer, measure or phase asks to be looked at', () => {
  assert.ok(isOverdue({ formations: [{ ...row('UnderWay'), overdue: 'Renewal' }] } as DirectiveRow));
  assert.ok(!isOverdue({ formations: [row('UnderWay')] } as DirectiveRow));
  assert.ok(!siteWaits(site([measure('doors', 'Ordered')])));
  assert.ok(siteWaits(site([{ ...measure('doors', 'Ordered'), overdueSince: 'then' }])));
  assert.ok(siteWaits({ ...site([]), standing: 'Ending' }));
});

test('formations stand below their parents', () => assert.deepEqual(
  formationTree([{ id: 'c', name: 'C', parent: 'b', persons: [] }, { id: 'a', name: 'A', persons: [] }, { id: 'b', name: 'B', parent: 'a', persons: [] }])
    .map(({ formation, depth }) => `${depth}${formation.id}`), ['0a', '1b', '2c']));
