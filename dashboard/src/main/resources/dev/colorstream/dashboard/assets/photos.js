// Photos: gray and color behind a slider, enlarged, downloaded, sent again.
import { ask, element, notice, post } from './api.js';

const url = (side, photo) => `/api/photos/${side}?request=${encodeURIComponent(photo.id)}`;

/** Both sides of a photo with a slider between them; arrow keys move it. */
export function compare(photo) {
  const color = element('img', { src: url('color', photo), alt: `${photo.title}, colored`, loading: 'lazy', draggable: false });
  const gray = element('img', { className: 'gray', src: url('gray', photo), alt: '', loading: 'lazy', draggable: false });
  // Browsers do not show every format that the system reads: the color photo without its colors is the gray one.
  gray.addEventListener('error', () => { gray.src = color.src; }, { once: true });
  const slider = element('input', { type: 'range', min: 0, max: 100, value: 50, ariaLabel: `How much of ${photo.title} is shown gray, in percent` });
  const frame = element('div', { className: 'compare' }, color, gray, element('div', { className: 'handle' }), slider);
  slider.addEventListener('input', () => frame.style.setProperty('--at', `${slider.value}%`));
  return frame;
}

function enlarge(photo) {
  const dialog = element('dialog', { ariaLabel: photo.title });
  const close = element('button', { type: 'button', className: 'small' }, 'Close');
  close.addEventListener('click', () => dialog.close());
  dialog.append(
    element('div', { className: 'top' }, element('span', {}, photo.title),
      element('div', {}, element('a', { className: 'small', href: `${url('color', photo)}&download=1` }, 'Download'), close)),
    compare(photo));
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

function facts(photo) {
  const ms = Object.values(photo.milliseconds).reduce((sum, n) => sum + n, 0);
  return `${photo.width} × ${photo.height} · ${photo.modelVersion} · ${(ms / 1000).toFixed(1)} s`;
}

/** A colored photo of a gallery. */
export function coloredPhoto(photo) {
  const zoom = element('button', { type: 'button', className: 'small', ariaLabel: `Enlarge ${photo.title}` }, 'Enlarge');
  zoom.addEventListener('click', () => enlarge(photo));
  return element('li', { className: 'photo', 'data-request': photo.id },
    compare(photo),
    element('div', { className: 'caption' },
      element('span', { className: 'title', title: photo.title }, photo.title),
      element('span', { className: 'facts' }, facts(photo)),
      element('div', { className: 'tools' }, zoom,
        element('a', { className: 'small', href: `${url('color', photo)}&download=1`, ariaLabel: `Download ${photo.title} in color` }, 'Download'))));
}

/** A photo that is on its way. */
export function waitingPhoto(id, title, preview) {
  const picture = element('div', { className: 'compare' });
  if (preview) {
    picture.append(element('img', { src: preview, alt: '' }));
  }
  return element('li', { className: 'photo waiting', 'data-request': id },
    picture,
    element('div', { className: 'caption' },
      element('span', { className: 'title', title }, title),
      element('span', { className: 'facts' }, 'is being colored')));
}

/** A failed photo: why, and a button to send it again. */
export function failedPhoto(photo) {
  const again = element('button', { type: 'button', className: 'small', disabled: !photo.replayable, ariaLabel: `Send ${photo.title} again` }, 'Send again');
  again.addEventListener('click', () => replay(photo, again));
  return element('li', { 'data-request': photo.id },
    element('div', {}, element('strong', {}, photo.title),
      element('div', { className: 'why' }, element('b', {}, photo.reason), ` – ${photo.detail}`)),
    again);
}

export async function replay(photo, button) {
  button.disabled = true;
  try {
    await post(`/api/replay?request=${encodeURIComponent(photo.id)}`);
    button.textContent = 'Sent';
  } catch (e) {
    button.disabled = false;
    notice(e.message);
  }
}

export const results = (job, status, limit, after) => ask(
  `/api/results?job=${encodeURIComponent(job)}&status=${status}&limit=${limit}${after ? `&after=${encodeURIComponent(after)}` : ''}`);

/** Puts the newest photos before those that the list shows already; one that changed takes its new form. */
export function putFirst(list, photos, make) {
  const shown = new Map([...list.children].map((item) => [item.dataset.request, item]));
  for (const photo of [...photos].reverse()) {
    const old = shown.get(photo.id);
    if (!old) {
      list.prepend(make(photo));
    } else if (old.classList.contains('waiting')) {
      old.replaceWith(make(photo));
    }
  }
}
