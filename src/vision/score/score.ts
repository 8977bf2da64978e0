import type { DocumentMaps } from '../network/document-maps.js';
import type { SearchView, ViewQuad } from '../view/search-view.js';
import { evaluateTrees, parseTrees } from './boosted-trees.js';
import { featureNames, QuadMeter } from './features.js';
import { calibration, rankingTrees, ratingTrees } from './scorer-model.js';

const ranking = parseTrees(rankingTrees);
const rating = parseTrees(ratingTrees);
/** As logarithms of odds, but for the weight: see `asConfidence`. */
const doubts = { weight: 0.5, surely: 1.5, raise: 0.6, raisedTo: 2 } as const;
const dominanceWorst = featureNames.indexOf('dominanceWorst');

/** What a refined quad is worth. */
export interface Rating {
  /** How likely it is the card, 0 to 1; see `asConfidence`. */
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
      score: asConfidence(calibration.slope * odds + calibration.shift, this.maps.presence),
      dominance: features[dominanceWorst]!,
    };
  }
}

/**
 * Two questions in one number: whether this quad is the card, which is what the trees answer, and whether there is one at all. The trees
 * were shown drawn pictures, of which the network is surer than of photographs, and make too little of its doubts; so those count once
 * more. Weight and bound are of 2026-11-26, chosen on the development photos with trees that had not seen them: at 3 % false alarms
 * IoU on hard ones rises from 0.741 to 0.830, on photographed cards and sheets from 0.920 to 0.947.
 *
 * Most of the quads that come out with 0.35 are nearly right, and a photograph without a document hardly ever reaches that, so it is
 * told as 0.5; from 0.88 on the number is the share of such quads that are right (IoU of 0.90 or more).
 *
 * @param odds logarithm of the odds that the quad is right
 */
function asConfidence(odds: number, presence: number): number {
  const { weight, surely, raise, raisedTo } = doubts;
  const doubted = odds + weight * Math.min(0, logOdds(presence) - surely);
  const raised = doubted + raise * Math.min(1, Math.max(0, 1 - doubted / raisedTo));
  return logistic(raised);
}

function logOdds(probability: number): number {
  return Math.log(probability / (1 - probability));
}

function logistic(odds: number): number {
  return 1 / (1 + Math.exp(-odds));
}
