;; The warp's inner loop (warp.ts), 128 bits at a time. `npm run kernels` writes warp-kernel.ts from it.
;;
;; memory: 0      for each 1/256 the weight of the upper row, 256 - f, in eight 16-bit lanes
;;         4096   the weight of the lower row, f, likewise
;;         8192   the weights of the left and right pixel, 256 - f and f, in turn
;;         12288  0x8000 in eight 16-bit lanes
;;         12304  0x8000 * 256 + 0x8000 in four 32-bit lanes
;;         16384  the pixels, as warp.ts lays them out
(module
  (memory (export "memory") 1)
  ;; Writes `count` pixels (at least one) to `to`, and one byte beyond. The first lies at (u, v), in 1/4096 pixel, of the
  ;; RGB image at `source`, each further one at a step from the last: all of them inside, and not in the last row or column.
  (func (export "sample")
    (param $to i32) (param $count i32)
    (param $u i32) (param $v i32) (param $stepU i32) (param $stepV i32)
    (param $source i32) (param $rowBytes i32)
    (local $end i32) (local $from i32) (local $pixel v128) (local $sign v128) (local $half v128)
    ;; Not v128.const, which V8 would make anew for each pixel.
    (local.set $sign (v128.load offset=12288 (i32.const 0)))
    (local.set $half (v128.load offset=12304 (i32.const 0)))
    (local.set $end (i32.add (local.get $to) (i32.mul (local.get $count) (i32.const 3))))
    (loop $next
      (local.set $from
        (i32.add
          (i32.add (local.get $source) (i32.mul (i32.shr_u (local.get $u) (i32.const 12)) (i32.const 3)))
          (i32.mul (i32.shr_u (local.get $v) (i32.const 12)) (local.get $rowBytes))))
      ;; Down: r g b of the left pixel, r g b of the right one, at most 255 * 256.
      (local.set $pixel
        (i16x8.add
          (i16x8.mul
            (v128.load8x8_u (local.get $from))
            (v128.load (i32.and (local.get $v) (i32.const 0xff0))))
          (i16x8.mul
            (v128.load8x8_u (i32.add (local.get $from) (local.get $rowBytes)))
            (v128.load offset=4096 (i32.and (local.get $v) (i32.const 0xff0))))))
      ;; The product below takes them as signed: 0x8000 less here, 0x8000 * 256 more there.
      (local.set $pixel (v128.xor (local.get $pixel) (local.get $sign)))
      ;; Across: r r g g b b times the two weights, in pairs.
      (local.set $pixel
        (i32x4.dot_i16x8_s
          (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23
            (local.get $pixel)
            (i8x16.shuffle 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 (local.get $pixel) (local.get $pixel)))
          (v128.load offset=8192 (i32.and (local.get $u) (i32.const 0xff0)))))
      (local.set $pixel (i32x4.shr_u (i32x4.add (local.get $pixel) (local.get $half)) (i32.const 16)))
      (local.set $pixel (i16x8.narrow_i32x4_u (local.get $pixel) (local.get $pixel)))
      (v128.store32_lane 0 (local.get $to) (i8x16.narrow_i16x8_u (local.get $pixel) (local.get $pixel)))
      (local.set $u (i32.add (local.get $u) (local.get $stepU)))
      (local.set $v (i32.add (local.get $v) (local.get $stepV)))
      (local.set $to (i32.add (local.get $to) (i32.const 3)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end)))))

  ;; The same for positions that may lie outside: what is left of the first column or right of the last takes that column's, likewise up and down. `mostU`
  ;; and `mostV`: the last positions between two pixels, in 1/256.
  (func (export "sampleAtRim")
    (param $to i32) (param $count i32)
    (param $u i32) (param $v i32) (param $stepU i32) (param $stepV i32)
    (param $source i32) (param $rowBytes i32) (param $mostU i32) (param $mostV i32)
    (local $end i32) (local $from i32) (local $pixel v128) (local $sign v128) (local $half v128)
    (local $nearU i32) (local $nearV i32)
    (local.set $sign (v128.load offset=12288 (i32.const 0)))
    (local.set $half (v128.load offset=12304 (i32.const 0)))
    (local.set $end (i32.add (local.get $to) (i32.mul (local.get $count) (i32.const 3))))
    (loop $next
      (local.set $nearU (i32.shr_s (local.get $u) (i32.const 4)))
      (local.set $nearU
        (select (local.get $nearU) (local.get $mostU) (i32.lt_s (local.get $nearU) (local.get $mostU))))
      (local.set $nearU
        (select (local.get $nearU) (i32.const 0) (i32.gt_s (local.get $nearU) (i32.const 0))))
      (local.set $nearV (i32.shr_s (local.get $v) (i32.const 4)))
      (local.set $nearV
        (select (local.get $nearV) (local.get $mostV) (i32.lt_s (local.get $nearV) (local.get $mostV))))
      (local.set $nearV
        (select (local.get $nearV) (i32.const 0) (i32.gt_s (local.get $nearV) (i32.const 0))))
      (local.set $from
        (i32.add
          (i32.add (local.get $source) (i32.mul (i32.shr_u (local.get $nearU) (i32.const 8)) (i32.const 3)))
          (i32.mul (i32.shr_u (local.get $nearV) (i32.const 8)) (local.get $rowBytes))))
      ;; as tables are read above, in steps of 16 bytes
      (local.set $nearU (i32.shl (local.get $nearU) (i32.const 4)))
      (local.set $nearV (i32.shl (local.get $nearV) (i32.const 4)))
      ;; Down: r g b of the left pixel, r g b of the right one, at most 255 * 256.
      (local.set $pixel
        (i16x8.add
          (i16x8.mul
            (v128.load8x8_u (local.get $from))
            (v128.load (i32.and (local.get $nearV) (i32.const 0xff0))))
          (i16x8.mul
            (v128.load8x8_u (i32.add (local.get $from) (local.get $rowBytes)))
            (v128.load offset=4096 (i32.and (local.get $nearV) (i32.const 0xff0))))))
      ;; The product below takes them as signed: 0x8000 less here, 0x8000 * 256 more there.
      (local.set $pixel (v128.xor (local.get $pixel) (local.get $sign)))
      ;; Across: r r g g b b times the two weights, in pairs.
      (local.set $pixel
        (i32x4.dot_i16x8_s
          (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23
            (local.get $pixel)
            (i8x16.shuffle 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 (local.get $pixel) (local.get $pixel)))
          (v128.load offset=8192 (i32.and (local.get $nearU) (i32.const 0xff0)))))
      (local.set $pixel (i32x4.shr_u (i32x4.add (local.get $pixel) (local.get $half)) (i32.const 16)))
      (local.set $pixel (i16x8.narrow_i32x4_u (local.get $pixel) (local.get $pixel)))
      (v128.store32_lane 0 (local.get $to) (i8x16.narrow_i16x8_u (local.get $pixel) (local.get $pixel)))
      (local.set $u (i32.add (local.get $u) (local.get $stepU)))
      (local.set $v (i32.add (local.get $v) (local.get $stepV)))
      (local.set $to (i32.add (local.get $to) (i32.const 3)))
      (br_if $next (i32.lt_u (local.get $to) (local.get $end))))))
