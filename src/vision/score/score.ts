import type { DocumentMaps } from '../network/document-maps.js';
import type { SearchView, ViewQuad } from '../view/search-view.js';
import { evaluateTrees, parseTrees } from './boosted-trees.js';
import { featureNames, QuadMeter } from './features.js';
import { calibration, rankingTrees, ratingTrees } from './scorer-model.js';

const ranking = parseTrees(rankingTrees);
const rating = parseTrees(ratingTrees);
const dominanceWorst = featureNames.indexOf('dominanceWorst');

/** What a refined quad is worth. */
export interface Rating {
  /** The share of quads with such features that are the card, 0 to 1. */
  readonly score: number;
  /** How much the edge of its worst side stands out against the next one beside it, 0 to 1. */
  readonly dominance: number;
}

/** Scores the quads of one image, by its view and by what the network sees in it. */
export class Scorer {
  readonly view: SearchView;
  readonly maps: DocumentMaps;
  /** What it sees where it looks at the document's surroundings alone; `maps` where no such look was taken. */
  readonly closer: DocumentMaps;
  readonly #meter: QuadMeter;

  constructor(view: SearchView, maps: DocumentMaps, closer: DocumentMaps = maps) {
    this.view = view;
    this.maps = maps;
    this.closer = closer;
    this.#meter = new QuadMeter(view, maps, closer);
  }

  /** How much a proposed quad deserves refining, 0 to 1. Clockwise, like that of `rate`. */
  rank(quad: ViewQuad): number {
    return logistic(evaluateTrees(ranking, this.#meter.measure(quad)));
  }

  /** What a refined quad is worth. */
  rate(quad: ViewQuad): Rating {
    const features = this.#meter.measure(quad);
    const odds = evaluateTrees(rating, features);
    return {
      score: logistic(calibration.slope * odds + calibration.shift),
      dominance: features[dominanceWorst]!,
    };
  }
}

function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
