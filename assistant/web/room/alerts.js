/** Alerts on this phone when a role is called, where browser and server have them. */
import { ask } from './link.js';

const KEPT = 'improv-push';

export function alertsPossible() {
  return window.isSecureContext && 'serviceWorker' in navigator && 'PushManager' in window && 'Notification' in window;
}

/** The server's key, or '' where it tells no phones. */
export async function serverKey() {
  return (await ask('GET', '/api/push/key')).key;
}

/** What this phone is told of: {id, site, role}, or null. */
export function kept() {
  try {
    return JSON.parse(localStorage.getItem(KEPT));
  } catch {
    return null; // storage is forbidden or holds something else
  }
}

/** Asks the person and tells the server; false where the person does not want it. */
export async function switchOn(key, { site, role, lang }) {
  if ((await Notification.requestPermission()) !== 'granted') return false;
  await navigator.serviceWorker.register('/room/sw.js', { scope: '/room/' });
  const worker = await navigator.serviceWorker.getRegistration('/room/');
  await activated(worker);
  const known = await worker.pushManager.getSubscription();
  const subscription = known ?? (await worker.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key }));
  const { endpoint, keys } = subscription.toJSON();
  const { id } = await ask('POST', '/api/push/subscriptions', { site, role, lang, subscription: { endpoint, keys } });
  remember({ id, site, role });
  return true;
}

export async function switchOff() {
  const { id } = kept() ?? {};
  if (id) await ask('DELETE', `/api/push/subscriptions/${encodeURIComponent(id)}`);
  const worker = await navigator.serviceWorker.getRegistration('/room/');
  await (await worker?.pushManager.getSubscription())?.unsubscribe();
  remember(null);
}

function remember(what) {
  try {
    if (what) localStorage.setItem(KEPT, JSON.stringify(what));
    else localStorage.removeItem(KEPT);
  } catch {
    // It works all the same; only the page does not know it next time.
  }
}

function activated(registration) {
  const worker = registration.installing ?? registration.waiting;
  if (!worker) return Promise.resolve();
  return new Promise((resolve) => {
    worker.addEventListener('statechange', () => worker.state === 'activated' && resolve());
  });
}
