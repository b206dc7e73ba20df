/**
 * The one file that a page loads: it defines <improv-chat>.
 *
 *   <script type="module" src="https://HOST/widget.js"></script>
 *   <improv-chat site="demo-hotel" lang="zh"></improv-chat>
 */
import { ImprovChat } from './chat/element.js';

ImprovChat.home = new URL(import.meta.url).origin;

if (!customElements.get('improv-chat')) {
  customElements.define('improv-chat', ImprovChat);
}

export { ImprovChat };
