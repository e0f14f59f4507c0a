import { ask, element, listen, notice, post, progressBar } from './api.js';
import { coloredPhoto, failedPhoto, putFirst, results, waitingPhoto } from './photos.js';

const EXPRESS_AT_MOST = 20;
const AT_ONCE = 4;
const id = (name) => document.getElementById(name);
const drop = id('drop');
const input = id('files');
let shown = null;
let source = null;

drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
drop.addEventListener('dragleave', () => drop.classList.remove('over'));
drop.addEventListener('drop', (event) => {
  event.preventDefault();
  drop.classList.remove('over');
  bring([...event.dataTransfer.files]);
});
input.addEventListener('change', () => { bring([...input.files]); input.value = ''; });

async function bring(files) {
  if (!files.length) return;
  try {
    const { id: job } = await post('/api/jobs');
    show(job);
    const lane = files.length <= EXPRESS_AT_MOST ? 'express' : 'bulk';
    const receipts = [];
    const send = async (queue) => {
      for (let file = queue.shift(); file; file = queue.shift()) {
        receipts.push(await upload(job, file, lane));
      }
    };
    // The server takes one archive at a time.
    const isArchive = (file) => file.name.toLowerCase().endsWith('.zip');
    const photos = files.filter((file) => !isArchive(file));
    await Promise.all([send(files.filter(isArchive)), ...Array.from({ length: AT_ONCE - 1 }, () => send(photos))]);
    // A list that leaves out what may have arrived would be wrong for good.
    if (receipts.every((receipt) => receipt !== null)) {
      await post(`/api/jobs/${job}/seal`, JSON.stringify({ photos: receipts.flat() }));
    }
  } catch (e) {
    notice(e.message);
  }
}

/** The photos that were taken; null where that is not known. */
async function upload(job, file, lane) {
  try {
    const { photos, refused } = await post(`/api/upload?job=${job}&lane=${lane}&name=${encodeURIComponent(file.name)}`, file);
    refused.forEach((one) => refuse(one.name, one.reason));
    if (job === shown) {
      const preview = photos.length === 1 && file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
      photos.slice(0, 48).forEach((photo) => {
        if (![...id('work-gallery').children].some((item) => item.dataset.request === photo.request)) {
          id('work-gallery').append(waitingPhoto(photo.request, photo.name.split('/').pop(), preview));
        }
      });
    }
    return photos;
  } catch (e) {
    if (e.status >= 400 && e.status < 500) {
      refuse(file.name, e.message);
      return [];
    }
    refuse(file.name, `${e.message}; it may have arrived all the same, so the job stays open`);
    return null;
  }
}

function refuse(name, reason) {
  id('work-refused').append(element('li', {}, element('div', {}, element('strong', {}, name), element('div', { className: 'why' }, reason))));
}

function show(job) {
  shown = job;
  id('work').hidden = false;
  id('work-link').href = `/jobs/${job}`;
  id('work-refused').replaceChildren();
  id('work-gallery').replaceChildren();
  id('work-progress').replaceChildren();
  // Browsers keep six connections to a server, and each source holds one.
  source?.close();
  const opened = listen(`/api/events?job=${job}`, 'job', async (news) => {
    if (!news.id) return;
    id('work-progress').replaceChildren(progressBar(news));
    // A failed photo may be sent again from here.
    if (news.phase === 'sealed' && news.done && news.failed === 0) opened.close();
    const [colored, failed] = await Promise.all([results(job, 'colored', 48), results(job, 'failed', 48)]);
    if (shown !== job) return;
    putFirst(id('work-gallery'), colored.photos, coloredPhoto);
    failed.photos.forEach((photo) => {
      [...id('work-gallery').children].filter((item) => item.dataset.request === photo.id).forEach((item) => item.remove());
      if (![...id('work-refused').children].some((item) => item.dataset.request === photo.id)) {
        id('work-refused').append(failedPhoto(photo));
      }
    });
  });
  source = opened;
}

async function lately() {
  const { jobs } = await ask('/api/jobs');
  const photos = [];
  for (const job of jobs.filter((one) => one.colored > 0).slice(0, 4)) {
    photos.push(...(await results(job.id, 'colored', 12)).photos);
    if (photos.length >= 12) break;
  }
  id('recent').hidden = photos.length === 0;
  id('recent-gallery').replaceChildren(...photos.slice(0, 12).map(coloredPhoto));
}

lately().catch((e) => notice(e.message));
