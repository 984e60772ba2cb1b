// The first script of the console: it asks for the words and for all the rest at the same time. Until the rest draws, the
// page's own words stand there, and after a while say that nothing has come.
import '../fonts/fonts.css';
import './styles/console.css';
import { chosenLanguage, useLanguage } from './i18n/load.js';

void useLanguage(chosenLanguage());
void import('./main.js');
