import { render } from 'preact';
import { App } from './app.js';
import { linkFilter } from './calls/filter-link.js';
import { followJournal } from './calls/lines.js';
import './theme.js';

linkFilter();
render(<App />, document.getElementById('app')!);
void followJournal();
