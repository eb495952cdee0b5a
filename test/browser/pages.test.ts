import { onOneHouse } from './on-one-house';
import { eachPage } from './pages/each-page';
import { emptyPages } from './pages/empty-pages';
import { serverAway } from './pages/server-away';

/** Every page as people find it, in a real browser. */
onOneHouse('in the console', (house) => {
  eachPage(house);
  serverAway(house);
  emptyPages();
});
