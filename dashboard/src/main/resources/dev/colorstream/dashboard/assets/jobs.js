import { element, jobTitle, listen, progressBar } from './api.js';

const list = document.getElementById('jobs');

listen('/api/events', 'jobs', ({ jobs }) => {
  document.getElementById('empty').hidden = jobs.length > 0;
  const focused = document.activeElement?.dataset?.job;
  list.replaceChildren(...jobs.map((job) => element('li', {},
    element('a', { href: `/jobs/${encodeURIComponent(job.id)}`, 'data-job': job.id },
      element('strong', {}, jobTitle(job.id)), progressBar(job)))));
  [...list.querySelectorAll('a')].find((link) => focused && link.dataset.job === focused)?.focus();
});
