import type { DocumentMaps } from '../network/document-maps.js';
import { logistic, logOdds } from '../odds.js';
import type { Quad } from '../types.js';
import type { Verdict, Verifier } from '../verify/verifier.js';
import type { SearchView, ViewQuad } from '../view/search-view.js';
import { evaluateTrees, parseTrees } from './boosted-trees.js';
import { featureNames, lookOutside, noteVerdict, QuadMeter } from './features.js';
import { calibration, rankingTrees, ratingTrees } from './scorer-model.js';

const ranking = parseTrees(rankingTrees);
const rating = parseTrees(ratingTrees);
/** As logarithms of odds, but for the weight: see `asConfidence`. */
const doubts = { weight: 0.3, surely: 4, from: -1.5, asTheyAre: 2.2 } as const;
/**
 * Log odds of the ranking below which a quad is not shown to the verifier, which takes 1 ms for each look. On 1,011 pictures (development
 * photos, scenes of seeds 800001 and 820001; run of 2026-11-27) 3,766 of 12,275 rated quads are spared it, with -3 3,390. Of the 618 answers
 * one is another, and right where it was wrong. With -2 a card that lies on a page is no longer preferred to the page (test/vision/detect/inside.test.ts).
 */
const hopeless = -2.5;
/**
 * Log odds by the verifier's first look below which it takes no second one. Of 5,861 second looks at the same pictures 1,405 are spared, and no answer is
 * another.
 */
const beaten = -3.5;

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
    return this.judge(quad).rating;
  }

  /** The same, and where the document is that it lies on, in pixels of the image; null where the verifier was not asked. */
  judge(quad: ViewQuad): { readonly rating: number; readonly document: Quad | null } {
    const features = this.#meter.measure(quad);
    if (evaluateTrees(ranking, features) < hopeless) return { rating: 0, document: null };
    lookOutside(features, this.view, quad);
    const oddsBy = (verdict: Verdict) => {
      const { slope, shift } = calibration;
      return slope * evaluateTrees(rating, noteVerdict(features, verdict)) + shift;
    };
    const verdict = this.verifier.verify(this.view.toImage(quad), (first) => oddsBy(first) >= beaten);
    return { rating: asConfidence(oddsBy(verdict), this.maps.presence), document: verdict.corners };
  }

  /** The rating of a quad of this image that would be rated `rating` where nobody doubts that there is a document. */
  ifDoubted(rating: number): number {
    return asConfidence(oddsOf(rating), this.maps.presence);
  }

  /** How much the edge of a quad's worst side stands out against the next one beside it, 0 to 1. */
  dominance(quad: ViewQuad): number {
    return this.#meter.measure(quad)[dominanceWorst]!;
  }
}

/**
 * Two questions in one number: whether this quad is the card, which is what the trees answer, and whether there is one at all. The trees
 * were shown drawn pictures, of which the network is surer than of photographs, and make too little of its doubts; so those count once
 * more, from a presence of 0.98 (log odds of `surely`) down. Weight and bounds are of 2026-11-28, chosen on the development photos and 1,484 drawn scenes that show a document
 * and on 234 photographs and 421 drawn pictures without one: with 0.5 and 1.5, which were chosen before the verifier was there, 7 and 63 of those are answered, one of the
 * photographs at 0.9 or more; with 0.3 and 4 5 and 56, none of the photographs at 0.9; right are 136 and 1,343 before, 136 and 1,342 after.
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

/** The log odds that make a rating of 0.5 or more where presence is beyond doubt. */
function oddsOf(rating: number): number {
  const { from, asTheyAre } = doubts;
  const told = logOdds(rating);
  return told >= asTheyAre ? told : from + (told * (asTheyAre - from)) / asTheyAre;
}
