// The same photos by several versions of the network, side by side.
import { ask, element, listen, notice, post } from './api.js';
import { coloredPhoto, failedPhoto, results, waitingPhoto } from './photos.js';

const MOST_PHOTOS = 6;
const MOST_RESULTS = 200;
const id = (name) => document.getElementById(name);
let source = null;

async function versions() {
  const [registered, told] = await Promise.all([ask('/api/versions'), ask('/api/models')]);
  const served = new Set([...told.channels.map((one) => one.version), ...told.workers.map((one) => one.version)]);
  const names = [...new Set([...registered.versions, ...told.versions.map((one) => one.version)])];
  id('same-versions').replaceChildren(...names.map((name) => element('label', { className: 'choice' },
    element('input', { type: 'checkbox', name: 'version', value: name, checked: served.has(name) }), name)));
}

async function color(files, chosen) {
  const { id: job } = await post('/api/jobs');
  source?.close();
  id('same-rows').replaceChildren();
  const taken = [];
  for (const [at, file] of files.entries()) {
    const list = element('ul', { className: 'gallery' });
    id('same-rows').append(element('h3', {}, file.name), list);
    const preview = URL.createObjectURL(file);
    for (const version of chosen) {
      const query = `job=${job}&lane=express&name=${encodeURIComponent(`${at + 1}-${file.name}`)}&version=${encodeURIComponent(version)}`;
      const { photos, refused } = await post(`/api/upload?${query}`, file);
      refused.forEach((one) => notice(`${one.name}: ${one.reason}`));
      photos.forEach((photo) => list.append(waitingPhoto(photo.request, version, preview)));
      taken.push(...photos);
    }
  }
  await post(`/api/jobs/${job}/seal`, JSON.stringify({ photos: taken }));
  follow(job);
}

function follow(job) {
  const opened = listen(`/api/events?job=${job}`, 'job', async (news) => {
    // Browsers keep six connections to a server, and each source holds one.
    if (news.phase === 'sealed' && news.done) opened.close();
    const [colored, failed] = await Promise.all([results(job, 'colored', MOST_RESULTS), results(job, 'failed', MOST_RESULTS)]);
    colored.photos.forEach((photo) => put(photo, coloredPhoto({ ...photo, title: photo.modelVersion })));
    failed.photos.forEach((photo) => put(photo, failedPhoto(photo)));
  });
  source = opened;
}

function put(photo, item) {
  [...document.querySelectorAll('#same-rows .waiting')]
    .filter((waiting) => waiting.dataset.request === photo.id)
    .forEach((waiting) => waiting.replaceWith(item));
}

id('same').addEventListener('submit', (event) => {
  event.preventDefault();
  const files = [...id('same-photos').files];
  const chosen = [...document.querySelectorAll('#same-versions input:checked')].map((input) => input.value);
  if (chosen.length === 0 || files.length > MOST_PHOTOS) {
    notice(chosen.length === 0 ? 'Choose a version or more.' : `Choose at most ${MOST_PHOTOS} photos.`);
    return;
  }
  const button = id('same').querySelector('button');
  button.disabled = true;
  color(files, chosen).catch((e) => notice(e.message)).finally(() => { button.disabled = false; });
});

versions().catch((e) => notice(e.message));
