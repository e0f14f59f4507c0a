import { ago, ask, element, notice, post } from './api.js';
import { shareLine, sum } from './shares.js';

const id = (name) => document.getElementById(name);
const EVERY_MS = 3000;
const plausible = (study) => study.modes.find((mode) => mode.mode === 'plausible');

function card(study) {
  const people = study.modes.reduce((total, mode) => total + mode.participants, 0);
  return element('div', { className: 'card' },
    element('h3', {}, study.version),
    element('p', {}, study.source),
    element('p', { className: 'hint' }, `made ${ago(study.madeAt)}, ${people} ${people === 1 ? 'participant' : 'participants'}`),
    element('p', { className: 'row' },
      element('a', { className: 'button', href: `/studies/${study.id}` }, 'Take part'),
      element('a', { href: `/studies/${study.id}/results` }, 'Results')));
}

function versions(studies) {
  const byVersion = Map.groupBy ? Map.groupBy(studies, (study) => study.version) : new Map(studies.map((study) => [study.version, studies.filter((other) => other.version === study.version)]));
  return [...byVersion].flatMap(([version, its]) => [
    shareLine(version, sum(its.map((study) => plausible(study).colorized))),
    shareLine('real photos beside them', sum(its.map((study) => plausible(study).real)), 'control'),
  ]);
}

async function refresh() {
  const told = await ask('/api/studies');
  id('versions-section').hidden = told.studies.length === 0;
  id('versions').replaceChildren(...versions(told.studies));
  id('studies-section').hidden = told.studies.length === 0;
  id('studies').replaceChildren(...told.studies.map(card));
  id('making-section').hidden = told.making.length === 0;
  id('making').replaceChildren(...told.making.map((one) => element('div', { className: 'card' },
    element('h3', {}, one.failed ? 'Not made' : 'Being made'), element('p', { className: one.failed ? 'bad' : '' }, one.told))));
}

async function bring(files) {
  const collection = `study-${crypto.randomUUID()}`;
  let brought = 0;
  for (const file of files) {
    await post(`/api/collections/${collection}?name=${encodeURIComponent(`${brought}-${file.name}`)}`, file);
    brought += 1;
    id('new-told').textContent = `${brought} of ${files.length} photos brought`;
  }
  return `collections/${collection}/`;
}

async function make() {
  const fromFolder = id('new').elements.from.value === 'folder';
  const wish = fromFolder
    ? { bucket: 'uploads', prefix: await bring([...id('folder').files].filter((file) => file.type.startsWith('image/'))) }
    : { bucket: id('bucket').value.trim(), prefix: id('prefix').value.trim() };
  const version = id('version').value.trim();
  await post('/api/studies', JSON.stringify(version ? { ...wish, version } : wish));
  id('new-told').textContent = 'The study is being made.';
  await refresh();
}

id('new').addEventListener('submit', (event) => {
  event.preventDefault();
  const button = id('new').querySelector('button');
  button.disabled = true;
  make().catch((e) => { id('new-told').textContent = e.message; }).finally(() => { button.disabled = false; });
});

ask('/api/models').then((told) => id('known').replaceChildren(...told.versions.map((one) => element('option', { value: one.version })))).catch(() => {});
const again = () => refresh().catch((e) => notice(e.message));
again();
setInterval(again, EVERY_MS);
