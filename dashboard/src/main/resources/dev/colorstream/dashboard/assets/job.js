import { jobTitle, listen, notice, progressBar } from './api.js';
import { coloredPhoto, failedPhoto, putFirst, replay, results } from './photos.js';

const PAGE = 24;
const id = (name) => document.getElementById(name);
const job = id('job').dataset.job;
id('job').textContent = jobTitle(job);
let next = null;
let loaded = false;
let failedNext = null;

listen(`/api/events?job=${encodeURIComponent(job)}`, 'job', (news) => {
  if (news.id) {
    id('progress').replaceChildren(progressBar(news));
    refresh(news).catch((e) => notice(e.message));
  }
});

async function refresh(news) {
  const newest = await results(job, 'colored', PAGE);
  putFirst(id('gallery'), newest.photos, coloredPhoto);
  if (!loaded) {
    loaded = true;
    next = newest.next;
  }
  id('more').hidden = !next;
  id('nothing').hidden = id('gallery').children.length > 0;
  id('failures').hidden = news.failed === 0;
  if (news.failed > 0) {
    const failed = await results(job, 'failed', PAGE);
    failedNext = failed.next;
    id('failed').replaceChildren(...failed.photos.map(failedPhoto));
    id('more-failed').hidden = !failedNext;
  }
}

id('more').addEventListener('click', async () => {
  const page = await results(job, 'colored', PAGE, next);
  id('gallery').append(...page.photos.map(coloredPhoto));
  next = page.next;
  id('more').hidden = !next;
});

id('more-failed').addEventListener('click', async () => {
  const page = await results(job, 'failed', PAGE, failedNext);
  id('failed').append(...page.photos.map(failedPhoto));
  failedNext = page.next;
  id('more-failed').hidden = !failedNext;
});

id('replay-all').addEventListener('click', async () => {
  id('replay-all').disabled = true;
  let after = null;
  let sent = 0;
  do {
    const page = await results(job, 'failed', 200, after);
    for (const photo of page.photos.filter((one) => one.replayable)) {
      await replay(photo, document.createElement('button'));
      sent += 1;
    }
    after = page.next;
  } while (after);
  id('replay-all').disabled = false;
  notice(`${sent} photos were sent again`);
});
