;; The inner loops of pixel-sampler.ts, all channels at a time. `npm run kernels` writes sample-kernel.ts from it.
;;
;; memory: 0   red, green and blue of the last sample, 32-bit floats
;;         16  what red, green and blue count for in three channels: three times four 32-bit floats
;;         64  the tables and pixels, as pixel-sampler.ts lays them out
(module
  (memory (export "memory") 1)

  ;; The weighted mean of `columns` × `rows` RGB pixels from `from` on, in rows `rowBytes` apart: weights at `across` and
  ;; `down`, 32-bit floats. Reads one byte beyond the pixels.
  (func (export "sample")
    (param $from i32) (param $rowBytes i32)
    (param $across i32) (param $columns i32) (param $down i32) (param $rows i32)
    (local $rowEnd i32) (local $downEnd i32) (local $weight i32) (local $pixel i32)
    (local $row v128) (local $sum v128) (local $zero v128)
    (local.set $rowEnd (i32.add (local.get $across) (i32.shl (local.get $columns) (i32.const 2))))
    (local.set $downEnd (i32.add (local.get $down) (i32.shl (local.get $rows) (i32.const 2))))
    (loop $nextRow
      (local.set $row (local.get $zero))
      (local.set $weight (local.get $across))
      (local.set $pixel (local.get $from))
      (loop $nextPixel
        (local.set $row
          (f32x4.add
            (local.get $row)
            (f32x4.mul
              (v128.load32_splat (local.get $weight))
              (f32x4.convert_i32x4_s
                (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u (v128.load32_zero (local.get $pixel))))))))
        (local.set $pixel (i32.add (local.get $pixel) (i32.const 3)))
        (local.set $weight (i32.add (local.get $weight) (i32.const 4)))
        (br_if $nextPixel (i32.lt_u (local.get $weight) (local.get $rowEnd))))
      (local.set $sum
        (f32x4.add (local.get $sum) (f32x4.mul (v128.load32_splat (local.get $down)) (local.get $row))))
      (local.set $from (i32.add (local.get $from) (local.get $rowBytes)))
      (local.set $down (i32.add (local.get $down) (i32.const 4)))
      (br_if $nextRow (i32.lt_u (local.get $down) (local.get $downEnd))))
    (v128.store (i32.const 0) (local.get $sum)))

  ;; One row of `count` pixels, sampled between two rows of RGB pixels that begin at `top` and `below`, the lower one with the share `down`, and
  ;; mixed as the memory's beginning says: four 32-bit floats a pixel at `to`, the last one 0. `columns`: for each the offsets of its left and right source
  ;; pixel and the right one's share. Reads one byte beyond the pixels.
  (func (export "sampleRow")
    (param $top i32) (param $below i32) (param $down f32) (param $columns i32) (param $to i32) (param $count i32)
    (local $end i32) (local $left i32) (local $right i32)
    (local $share v128) (local $rest v128) (local $lower v128) (local $upper v128)
    (local $a v128) (local $b v128) (local $one v128)
    (local $red v128) (local $green v128) (local $blue v128)
    (local.set $one (f32x4.splat (f32.const 1)))
    (local.set $lower (f32x4.splat (local.get $down)))
    (local.set $upper (f32x4.sub (local.get $one) (local.get $lower)))
    (local.set $red (v128.load (i32.const 16)))
    (local.set $green (v128.load (i32.const 32)))
    (local.set $blue (v128.load (i32.const 48)))
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $count) (i32.const 4))))
    (loop $pixel
      (local.set $left (i32.load (local.get $columns)))
      (local.set $right (i32.load offset=4 (local.get $columns)))
      (local.set $share (v128.load32_splat offset=8 (local.get $columns)))
      (local.set $rest (f32x4.sub (local.get $one) (local.get $share)))
      (local.set $a
        (f32x4.add
          (f32x4.mul
            (local.get $upper)
            (f32x4.convert_i32x4_s
              (i32x4.extend_low_i16x8_u
                (i16x8.extend_low_i8x16_u
                  (v128.load32_zero (i32.add (local.get $top) (local.get $left)))))))
          (f32x4.mul
            (local.get $lower)
            (f32x4.convert_i32x4_s
              (i32x4.extend_low_i16x8_u
                (i16x8.extend_low_i8x16_u
                  (v128.load32_zero (i32.add (local.get $below) (local.get $left)))))))))
      (local.set $b
        (f32x4.add
          (f32x4.mul
            (local.get $upper)
            (f32x4.convert_i32x4_s
              (i32x4.extend_low_i16x8_u
                (i16x8.extend_low_i8x16_u
                  (v128.load32_zero (i32.add (local.get $top) (local.get $right)))))))
          (f32x4.mul
            (local.get $lower)
            (f32x4.convert_i32x4_s
              (i32x4.extend_low_i16x8_u
                (i16x8.extend_low_i8x16_u
                  (v128.load32_zero (i32.add (local.get $below) (local.get $right)))))))))
      (local.set $a
        (f32x4.add (f32x4.mul (local.get $rest) (local.get $a)) (f32x4.mul (local.get $share) (local.get $b))))
      (v128.store
        (local.get $to)
        (f32x4.add
          (f32x4.add
            (f32x4.mul
              (local.get $red)
              (i8x16.shuffle 0 1 2 3 0 1 2 3 0 1 2 3 0 1 2 3 (local.get $a) (local.get $a)))
            (f32x4.mul
              (local.get $green)
              (i8x16.shuffle 4 5 6 7 4 5 6 7 4 5 6 7 4 5 6 7 (local.get $a) (local.get $a))))
          (f32x4.mul
            (local.get $blue)
            (i8x16.shuffle 8 9 10 11 8 9 10 11 8 9 10 11 8 9 10 11 (local.get $a) (local.get $a)))))
      (local.set $columns (i32.add (local.get $columns) (i32.const 12)))
      (br_if $pixel
        (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; A quarter, a half and a quarter of each pixel at `from` with its two neighbours, `count` of them from `to` on; four floats a pixel.
  (func (export "blurAcross") (param $from i32) (param $to i32) (param $count i32)
    (local $end i32) (local $half v128) (local $quarter v128)
    (local.set $half (f32x4.splat (f32.const 0.5)))
    (local.set $quarter (f32x4.splat (f32.const 0.25)))
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $count) (i32.const 4))))
    (loop $pixel
      (v128.store
        (local.get $to)
        (f32x4.add
          (f32x4.mul
            (local.get $quarter)
            (f32x4.add (v128.load (local.get $from)) (v128.load offset=32 (local.get $from))))
          (f32x4.mul (local.get $half) (v128.load offset=16 (local.get $from)))))
      (local.set $from (i32.add (local.get $from) (i32.const 16)))
      (br_if $pixel
        (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end)))))

  ;; The same of three rows, to three floats a pixel. Writes four bytes beyond the last one.
  (func (export "blurDown") (param $above i32) (param $here i32) (param $below i32) (param $to i32) (param $count i32)
    (local $end i32) (local $half v128) (local $quarter v128)
    (local.set $half (f32x4.splat (f32.const 0.5)))
    (local.set $quarter (f32x4.splat (f32.const 0.25)))
    (local.set $end (i32.add (local.get $here) (i32.shl (local.get $count) (i32.const 4))))
    (loop $pixel
      (v128.store
        (local.get $to)
        (f32x4.add
          (f32x4.mul
            (local.get $quarter)
            (f32x4.add (v128.load (local.get $above)) (v128.load (local.get $below))))
          (f32x4.mul (local.get $half) (v128.load (local.get $here)))))
      (local.set $above (i32.add (local.get $above) (i32.const 16)))
      (local.set $below (i32.add (local.get $below) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 12)))
      (br_if $pixel
        (i32.lt_u (local.tee $here (i32.add (local.get $here) (i32.const 16))) (local.get $end))))))
