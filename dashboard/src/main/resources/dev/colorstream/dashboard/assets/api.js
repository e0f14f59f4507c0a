// The API, and the few elements that all pages share. Texts from people only ever become text nodes.
const mark = document.querySelector('meta[name="mark"]').content;

export async function ask(path, options = {}) {
  const answer = await fetch(path, { ...options, headers: { 'X-Colorstream-Mark': mark, ...options.headers } });
  if (answer.status === 401) {
    location.assign('/login');
  }
  if (!answer.ok) {
    // A proxy's answer is no JSON.
    const told = await answer.json().catch(() => ({}));
    throw Object.assign(new Error(told.error || `the server answered ${answer.status}`), { status: answer.status });
  }
  return answer.json();
}

export const post = (path, body) => ask(path, { method: 'POST', body });

export function element(name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in made) {
      made[key] = value;
    } else {
      made.setAttribute(key, value);
    }
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

export function notice(text) {
  const line = document.getElementById('notice');
  line.textContent = text;
  clearTimeout(notice.timer);
  notice.timer = setTimeout(() => { line.textContent = ''; }, 6000);
}

export function listen(path, event, heard) {
  const source = new EventSource(path);
  source.addEventListener(event, (message) => heard(JSON.parse(message.data)));
  return source;
}

const numbers = new Intl.NumberFormat('en');
export const count = (n) => numbers.format(n);

export function ago(instant) {
  const seconds = Math.max(0, (Date.now() - Date.parse(instant)) / 1000);
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ago`;
  if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ago`;
  return new Date(instant).toLocaleDateString('en', { dateStyle: 'medium' });
}

export const jobTitle = (id) => (id === '_single' ? 'Photos without a job' : id);

function figure(n, word, kind = '') {
  return element('span', { className: kind }, element('strong', {}, count(n)), ` ${word}`);
}

/** How far a job is, as a bar and in words. */
export function progressBar(job) {
  const total = Math.max(1, job.expected);
  const part = (n, kind) => {
    const span = element('span', { className: kind });
    span.style.width = `${(100 * n) / total}%`;
    return span;
  };
  const ended = job.colored + job.failed;
  return element('div', { className: 'progress' },
    element('div', { className: 'row' },
      element('strong', {}, job.done ? 'Done' : `${Math.floor((100 * ended) / total)} %`),
      element('span', { className: 'hint' }, ago(job.lastAt))),
    element('div', { className: 'track', role: 'progressbar', ariaLabel: `Progress of ${jobTitle(job.id)}`, ariaValueNow: ended, ariaValueMin: 0, ariaValueMax: job.expected },
      part(job.colored, 'colored'), part(job.failed, 'failed')),
    element('div', { className: 'counts' },
      figure(job.colored, 'colored'), figure(job.waiting, 'waiting'),
      job.failed ? figure(job.failed, 'failed', 'bad') : null,
      figure(job.expected, 'in all')));
}
