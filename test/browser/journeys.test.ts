import { explainGifts } from './journeys/explain-gifts';
import { languageSwitch } from './journeys/language-switch';
import { lookUpOnAPhone } from './journeys/look-up-on-a-phone';
import { matchByKeyboard } from './journeys/match-by-keyboard';
import { operatorsDay } from './journeys/operators-day';
import { rolesRefused } from './journeys/roles-refused';
import { setChannelRule } from './journeys/set-channel-rule';
import { oneTakesOver, twoPeople } from './journeys/two-people';
import { unknownDispatch } from './journeys/unknown-dispatch';
import { uploadWithErrors } from './journeys/upload-with-errors';
import { onOneHouse } from './on-one-house';

/** What people do all day, in a real browser. */
onOneHouse('at work in the console', (house) => {
  // The first of them is there before anybody else.
  operatorsDay(house);
  matchByKeyboard(house);
  uploadWithErrors(house);
  unknownDispatch(house);
  twoPeople(house);
  oneTakesOver(house);
  setChannelRule(house);
  rolesRefused(house);
  lookUpOnAPhone(house);
  explainGifts(house);
  languageSwitch(house);
});
