import { render } from 'preact';
import { App } from './app.js';
import { followJournal } from './calls/lines.js';
import './theme.js';

render(<App />, document.getElementById('app')!);
void followJournal();
