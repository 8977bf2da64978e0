;; The inner loops of shrink.ts and small-copy.ts, 128 bits at a time. `npm run kernels` writes shrink-kernel.ts from it.
;;
;; memory: 0   the weights of red, green, blue and nothing in luma, twice, in 16-bit lanes
;;         16  the pixels, as strips.ts lays them out
(module
  (memory (export "memory") 1)
  (data (i32.const 0) "\4d\00\96\00\1d\00\00\00\4d\00\96\00\1d\00\00\00")

  ;; Writes `count` RGB pixels (at least one) to `to`, each the rounded mean of 2 × 2 of those at `from` on, whose rows are
  ;; `rowBytes` apart. Two at a time: reads up to ten bytes beyond what they are made of, and writes five beyond them.
  (func (export "halve")
    (param $from i32) (param $rowBytes i32) (param $to i32) (param $count i32)
    (local $end i32) (local $upper v128) (local $lower v128)
    (local.set $end (i32.add (local.get $to) (i32.mul (local.get $count) (i32.const 3))))
    (loop $next
      (local.set $upper (v128.load (local.get $from)))
      (local.set $lower (v128.load (i32.add (local.get $from) (local.get $rowBytes))))
      ;; r r g g b b of the first two pixels and of the next two; each sum of a pair plus that of the row below.
      (local.set $upper
        (i16x8.add
          (i16x8.extadd_pairwise_i8x16_u
            (i8x16.shuffle 0 3 1 4 2 5 6 9 7 10 8 11 12 12 12 12 (local.get $upper) (local.get $upper)))
          (i16x8.extadd_pairwise_i8x16_u
            (i8x16.shuffle 0 3 1 4 2 5 6 9 7 10 8 11 12 12 12 12 (local.get $lower) (local.get $lower)))))
      (local.set $upper
        (i16x8.shr_u (i16x8.add (local.get $upper) (i16x8.splat (i32.const 2))) (i32.const 2)))
      (v128.store64_lane 0 (local.get $to) (i8x16.narrow_i16x8_u (local.get $upper) (local.get $upper)))
      (local.set $from (i32.add (local.get $from) (i32.const 12)))
      (local.set $to (i32.add (local.get $to) (i32.const 6)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  ;; Writes the luma of `count` pixels (at least one) to `to`: each the mean of the RGB pixels at `from`, `right` bytes on,
  ;; `below` bytes on and both, the next one's `step` bytes on. Two at a time: reads one byte and, for an odd count,
  ;; `step` bytes beyond, and writes one beyond.
  (func (export "luma")
    (param $from i32) (param $right i32) (param $below i32) (param $step i32) (param $to i32) (param $count i32)
    (local $end i32) (local $second i32) (local $sums v128) (local $weights v128)
    (local $here v128) (local $there v128)
    (local.set $weights (v128.load (i32.const 0)))
    (local.set $end (i32.add (local.get $to) (local.get $count)))
    (loop $next
      (local.set $second (i32.add (local.get $from) (local.get $step)))
      ;; Of each of the two: r g b x of the left pixels, r g b x of the right ones, upper plus lower.
      (local.set $here
        (i16x8.add
          (i16x8.extend_low_i8x16_u
            (v128.load32_lane 1 (i32.add (local.get $from) (local.get $right)) (v128.load32_zero (local.get $from))))
          (i16x8.extend_low_i8x16_u
            (v128.load32_lane 1
              (i32.add (i32.add (local.get $from) (local.get $right)) (local.get $below))
              (v128.load32_zero (i32.add (local.get $from) (local.get $below)))))))
      (local.set $there
        (i16x8.add
          (i16x8.extend_low_i8x16_u
            (v128.load32_lane 1 (i32.add (local.get $second) (local.get $right)) (v128.load32_zero (local.get $second))))
          (i16x8.extend_low_i8x16_u
            (v128.load32_lane 1
              (i32.add (i32.add (local.get $second) (local.get $right)) (local.get $below))
              (v128.load32_zero (i32.add (local.get $second) (local.get $below)))))))
      ;; Left plus right, weighted: two 32-bit sums a pixel.
      (local.set $sums
        (i32x4.dot_i16x8_s
          (i16x8.add
            (i8x16.shuffle 0 1 2 3 4 5 6 7 16 17 18 19 20 21 22 23 (local.get $here) (local.get $there))
            (i8x16.shuffle 8 9 10 11 12 13 14 15 24 25 26 27 28 29 30 31 (local.get $here) (local.get $there)))
          (local.get $weights)))
      (i32.store8
        (local.get $to)
        (i32.shr_u
          (i32.add (i32x4.extract_lane 0 (local.get $sums)) (i32x4.extract_lane 1 (local.get $sums)))
          (i32.const 10)))
      (i32.store8 offset=1
        (local.get $to)
        (i32.shr_u
          (i32.add (i32x4.extract_lane 2 (local.get $sums)) (i32x4.extract_lane 3 (local.get $sums)))
          (i32.const 10)))
      (local.set $from (i32.add (local.get $second) (local.get $step)))
      (local.set $to (i32.add (local.get $to) (i32.const 2)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end))))))
