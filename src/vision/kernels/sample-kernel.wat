;; The inner loop of pixel-sampler.ts, all channels at a time. `npm run kernels` writes sample-kernel.ts from it.
;;
;; memory: 0   red, green and blue of the last sample, 32-bit floats
;;         16  the weights and pixels, as pixel-sampler.ts lays them out
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
    (v128.store (i32.const 0) (local.get $sum))))
