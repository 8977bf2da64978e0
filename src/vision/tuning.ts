/**
 * How much work a search does. Pixels are those of the image that is searched, whose long side is 600 to 1,200.
 *
 * Figures: "0.993 to 0.989" and the like are mean IoU of the answers with the true quads. "Tuning photos" are the even half of the
 * development photos (`--part 0/2`) and the scenes `npm run scenes` draws with --seed 301 --count 240, --seed 302 --count 160
 * --level negative and --seed 303 --count 80 --kind sheet; no tree was ever trained on those scenes. Runs with `bench/accuracy.ts`, where no other is named:
 * quads of 2026-11-26, with trees and a network that had seen none of the development photos; the others of
 * 2026-11-23, before the network, with trees that had not seen the odd half.
 */
export const detectionTuning = {
  /**
   * Long side of the view that is scored, in pixels. No run chose it: at 600 a card that fills a tenth of the frame is
   * some 200 px long and its printed frame four pixels inside its border, and the trees were trained at it: another one means other trees.
   */
  scoringSide: 600,
  /**
   * The first looks: `side` in pixels, `thresholds` of Canny in levels of a step, `sameOverlap` as IoU, `refined` quads. At 300 px, luma
   * with [20, 50] finds 124 of the 285 drawn tuning cards with a rating of 0.95, 2 of them below IoU 0.98; [12, 36] finds 130 and 8,
   * [8, 20] 104 and 9, 240 px 114 and 6. Two refined find as many as four. Where outlines that overlap by IoU 0.90 count as one
   * instead of 0.95, two fewer. What is rated below `certain` is compared with `widened` quads around it: photographed ones take 51 ms instead
   * of 34 (median), and the back of a drawn permit is no longer cut at the end of its machine-readable zone. One of these that coincides with it by
   * `sameOverlap` is preferred where its log odds are higher by `clearly`: a JPEG's noise outside of a plain card was worth 0.6, a border outside of a
   * machine-readable zone 1.8; no level of the development photos changed. What is rated `sureEnough` ends the search unless that finds better.
   */
  glance: {
    sureEnough: 0.9,
    side: 300,
    thresholds: [20, 50],
    sameOverlap: 0.95,
    refined: 2,
    certain: 0.98,
    widened: 2,
    clearly: 1,
  },
  /**
   * A rating (0 to 1) that ends the search, of a photo of which nobody doubts that it shows a document (`ifDoubted`). Run of 2026-11-27, 598 pictures of a document (the development photos, scenes of seed 800001 and 820001)
   * and 413 without: with 0.9 552 are answered right, with 0.85 554, with 0.8 553. Of those rated 0.85 to 0.9 when the lines'
   * turn came, lines, made-up and outer sides made none right that was wrong, and took an eighth of all the time.
   */
  sureEnough: 0.85,
  /**
   * A rating at which the proposals that rank behind are not refined any more. Of the same 598 pictures of a document two are answered by another quad, and
   * none of them wrong or right instead. With 0.95 it would be six, and of the fixture `white-on-white` the outline of its shadow is answered, which is rated 0.965 and
   * comes before the card's own, 0.990.
   */
  noDoubt: 0.98,
  /**
   * Of the worst side, 0 to 1, asked of what a glance found: at 0.5 its edge is as strong as the next one beside it. Not asked, the outline of the
   * shadow is answered for a white card on a white desk. Asked of every look, it makes hard photos take twice as long and changes no level by more
   * than 0.002: the trees know of the edges around a quad.
   */
  leastDominance: 0.5,
  /**
   * Canny's thresholds in levels of a step, low and high. With [8, 20] for faint ones, IoU on medium development photos falls from 0.993
   * to 0.989. With [14, 36] for strong ones, that on hard photos rises from 0.836 to 0.855, by two photos, which photos other than the
   * tuning ones did not confirm.
   */
  faintEdges: [4, 10],
  strongEdges: [20, 50],
  /** Quads. With 2, IoU on medium development photos falls from 0.993 to 0.989. */
  refinedCheaply: 4,
  /**
   * Lines found, quads made of them, quads refined. With 200 quads and 16 refined, IoU on medium development photos is 0.957 instead of
   * 0.955, that of the other levels the same, and hard ones take 116 ms instead of 106.
   */
  maxLines: 100,
  maxQuads: 110,
  refinedThoroughly: 12,
  /**
   * How far refining may move a side's ends, as a share of the image's diagonal. 0.006 gives an IoU of 0.838 instead of 0.836 on hard
   * photos, 0.992 instead of 0.993 on medium ones; 0.011 gives 0.826 on hard ones.
   */
  refineReach: 0.008,
  /** IoU from which two quads count as one. With 0.94, IoU on hard photos falls from 0.836 to 0.817. */
  sameOverlap: 0.97,
  /** Candidates that a side is made up for, quads of those that are rated, and refined. With 4 and 2 refined, IoU on hard photos falls from 0.837 to 0.817. */
  reconstructed: { best: 8, rated: 12, refined: 4 },
  /** Candidates whose sides are moved out, quads of those that are rated, and how many pixels of the image refining may move them. */
  widened: { best: 3, rated: 8, reach: 3 },
  /**
   * A search ends early, without having looked at lines, where the network sees no document and nothing found so far is rated `score`. Run of
   * 2026-11-27, the same pictures as for `sureEnough`: with a presence of 0.12 they are answered as with 0.4 but for four without a document, which are answered then;
   * by the times of the stages, development photos without one take 1.3 times as long (mean).
   */
  nothing: { presence: 0.4, score: 0.33 },
  /**
   * The same after lines and after made-up sides, so that those and outer sides are spared. Of the same pictures none is answered otherwise, and by the
   * times of the stages the 246 development photos without a document take 0.87 of the time.
   */
  nothingToComplete: { presence: 0.8, score: 0.2 },
} as const;

/**
 * When another document is looked for above and left of the one that was found (detect/first-of-equals.ts): where there is `room`, in heights or
 * widths of that one, and the network sees, with that `presence`, a document there; the smaller of both has `masked` of the larger one's area. It is
 * answered if it is rated `score`, its area is `alike`, and between them is a `gap`, in sizes of one.
 *
 * Run of 2026-11-27: 60 pairs of drawn cards on photographed textures, half of them one below the other. 59 are answered as they should be, 43
 * without this; with lines and all that comes after them, too, which took a tenth of the CPU of all pictures and found nothing more in 1,251. With a gap of 0.04 and a score of 0.6 the wrong page is answered of two of 540 drawn scenes, both open passports.
 */
export const equalsTuning = {
  room: 0.7,
  presence: 0.5,
  masked: 0.5,
  score: 0.7,
  alike: 0.7,
  gap: 0.06,
} as const;

/**
 * What lies on what was found (detect/inside.ts).
 *
 * Run of 2026-11-27: of 1,140 drawn scenes (seeds 81xxxx to 83xxxx, ten kinds, 45 to 210 of each) 32 are answered otherwise than without this, and all of
 * them nearer: cards on something 79 % right instead of 69, photocopies 76 % instead of 72. Of the 386 development photos none is. It takes a look of the network, 5 ms,
 * at what is no card, and where that sees something small, a search. Halves of it, where the whole showed nothing, gave five more, but of a card seen at a
 * slant (the fixture `strong-perspective`) the portrait. The bounds below were chosen on these same scenes, and `aspect` on development photos too, so that those figures flatter
 * it; scenes that nothing was chosen on are in bench/README.md (seed 800001).
 *
 * Run of 2026-11-28: looking into what is not answered, and `ofDoubtful`, were chosen on 60 cards on something (seed 870001), of which 53 are right instead of 48. Of 125
 * that nothing was chosen on (seeds 800001, 860001 and 880001) 97 are, instead of 95. `inSleeve` and `sure`, later that day: bench/README.md, "A card in its sleeve".
 */
export const insideTuning = {
  /** Below such a rating what was found may be anything. From it on a card (ID-1) is not looked into. */
  doubtful: 0.8,
  /** How far a proportion may be from that of a format, as a share of it. */
  shape: 0.05,
  /** Of what was found, at each side: its own edges are not to be found again. */
  rim: 0.02,
  leastSide: 64,
  /** Of a document in it; and in the whole picture, where what was found is not answered. */
  presence: 0.5,
  score: 0.7,
  /** Of what it lies on, without its rim: its surroundings in the network's mask, and its own area. More where that is doubtful, as a sleeve is. */
  ofSure: { masked: 0.7, area: 0.65 },
  ofDoubtful: { masked: 0.85, area: 0.75 },
  /** What has a format's proportion and is rated higher than what it lies on may fill as much of it as a card does of its sleeve. */
  inSleeve: 0.9,
  /** From such a rating on what shows nothing smaller to the network is not searched: most passports and sheets. */
  sure: 0.9,
  aspect: 2.4,
} as const;

/**
 * How a picture is searched that is much longer than it is high, or the other way round, and in which nothing was found as a whole.
 *
 * Run of 2026-11-26: 16 scenes of 1050 × 700 (seeds 1 to 16, easy and medium by turns), drawn out at both ends to 4.5, 6, 8, 12 and 20 times
 * their height. As a whole 9, 8, 0, 0 and 0 cards are found in them, by stretches 13, 13, 12, 12 and 12; in 8 scenes without a document none.
 * One without costs 0.2 s of CPU at 20, 0.5 at 60.
 */
export const stretchTuning = {
  /** Long side over short side; phones' own panoramas begin there, cameras' pictures end at 2.4. */
  elongated: 4,
  /** Pixels of the short side. A stretch is as large in pixels as an ordinary picture then. */
  shortSide: 400,
  /** Pixels of the long side. */
  longSide: 24_000,
  /** In short sides, and how much of it the next one repeats: 1.65 short sides, where an ID-1 card as high as the picture is 1.586 long. */
  length: 3,
  overlap: 0.55,
  /** Stretches looked at by the network, 3 ms each, and searched, up to 150 ms each. */
  most: 40,
  searched: 4,
  /** A rating (0 to 1) that ends the search. */
  sureEnough: 0.9,
  /** Share of a stretch's length. */
  nearEnd: 0.01,
} as const;

/**
 * How the verifier's corners are followed (detect/correct.ts): of the `best` candidates, `steps` times, where the network says that there is a
 * document with that `presence`. `handicap` is taken from their rating, in log odds. What else overlaps one by `nearly` (IoU) is looked into in its stead.
 *
 * Runs of 2026-11-28, chosen on the development photos and two times 400 scenes (seeds 990001 and 991001): figures, and what was tried besides, in
 * bench/README.md, "Where the verifier sees it".
 */
export const correctTuning = { best: 3, steps: 2, presence: 0.8, handicap: 0.5, nearly: 0.85 } as const;
