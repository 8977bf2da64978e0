import type { DocumentMaps } from '../network/document-maps.js';
import { logistic, logOdds } from '../odds.js';
import type { Verifier } from '../verify/verifier.js';
import type { SearchView, ViewQuad } from '../view/search-view.js';
import { evaluateTrees, parseTrees } from './boosted-trees.js';
import { featureNames, lookClosely, QuadMeter } from './features.js';
import { calibration, rankingTrees, ratingTrees } from './scorer-model.js';

const ranking = parseTrees(rankingTrees);
const rating = parseTrees(ratingTrees);
/** As logarithms of odds, but for the weight: see `asConfidence`. */
const doubts = { weight: 0.5, surely: 1.5, from: -1.5, asTheyAre: 2.2 } as const;
/**
 * Log odds of the ranking below which a quad is not shown to the verifier, which takes 2 to 3 ms for each. On the 386 development photos that spared
 * 4,386 of 9,530 verdicts and changed no answer (run of 2026-11-26, before outer sides).
 */
const hopeless = -3;

const dominanceWorst = featureNames.indexOf('dominanceWorst');

/** Scores the quads of one image, by its view and by what the networks see in it. */
export class Scorer {
  readonly view: SearchView;
  readonly maps: DocumentMaps;
  /** What it sees where it looks at the document's surroundings alone; `maps` where no such look was taken. */
  readonly closer: DocumentMaps;
  readonly verifier: Verifier;
  readonly #meter: QuadMeter;

  constructor(view: SearchView, verifier: Verifier, maps: DocumentMaps, closer: DocumentMaps = maps) {
    this.view = view;
    this.verifier = verifier;
    this.maps = maps;
    this.closer = closer;
    this.#meter = new QuadMeter(view, maps, closer);
  }

  /** How much a proposed quad deserves refining, 0 to 1. Clockwise, like that of `rate`. */
  rank(quad: ViewQuad): number {
    return logistic(evaluateTrees(ranking, this.#meter.measure(quad)));
  }

  /** How likely a refined quad is the card, 0 to 1; see `asConfidence`. */
  rate(quad: ViewQuad): number {
    const features = this.#meter.measure(quad);
    if (evaluateTrees(ranking, features) < hopeless) return 0;
    const verdict = this.verifier.verify(this.view.toImage(quad));
    const odds = evaluateTrees(rating, lookClosely(features, verdict, this.view, quad));
    const { slope, shift } = calibration;
    return asConfidence(slope * odds + shift, this.maps.presence);
  }

  /** How much the edge of a quad's worst side stands out against the next one beside it, 0 to 1. */
  dominance(quad: ViewQuad): number {
    return this.#meter.measure(quad)[dominanceWorst]!;
  }
}

/**
 * Two questions in one number: whether this quad is the card, which is what the trees answer, and whether there is one at all. The trees
 * were shown drawn pictures, of which the network is surer than of photographs, and make too little of its doubts; so those count once
 * more. Weight and bounds are of 2026-11-26, chosen on the development photos with trees that had not seen them: at 2 % false alarms
 * IoU on photographed cards and sheets rises from 0.894 to 0.921, on hard ones from 0.859 to 0.872.
 * `from` is of 2026-11-27: with the network of run 8 (training/README.md) and -2.2, 13 of 234 photographs are answered, with -1.5 seven.
 *
 * A photograph without a document hardly ever reaches odds of `from`, and most of the quads that do are nearly right, so that is
 * told as 0.5; from 0.9 on the number is the share of such quads that are right (IoU of 0.90 or more).
 *
 * @param odds logarithm of the odds that the quad is right
 */
function asConfidence(odds: number, presence: number): number {
  const { weight, surely, from, asTheyAre } = doubts;
  const doubted = odds + weight * Math.min(0, logOdds(presence) - surely);
  if (doubted >= asTheyAre) return logistic(doubted);
  return logistic(doubted < from ? doubted - from : (asTheyAre * (doubted - from)) / (asTheyAre - from));
}
