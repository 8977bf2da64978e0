;; The inner loops of area.ts, 128 bits at a time. `npm run kernels` writes area-kernel.ts from it.
(module
  (memory (export "memory") 1)

  ;; Adds `weight` times each of `count` bytes at `from` to the 32-bit floats at `to`. Sixteen at a time: up to fifteen beyond.
  (func (export "addRow") (param $from i32) (param $to i32) (param $count i32) (param $weight f32)
    (local $end i32) (local $bytes v128) (local $low v128) (local $high v128) (local $share v128)
    (local.set $share (f32x4.splat (local.get $weight)))
    (local.set $end (i32.add (local.get $from) (local.get $count)))
    (loop $next
      (local.set $bytes (v128.load (local.get $from)))
      (local.set $low (i16x8.extend_low_i8x16_u (local.get $bytes)))
      (local.set $high (i16x8.extend_high_i8x16_u (local.get $bytes)))
      (v128.store
        (local.get $to)
        (f32x4.add
          (v128.load (local.get $to))
          (f32x4.mul (local.get $share) (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (local.get $low))))))
      (v128.store offset=16
        (local.get $to)
        (f32x4.add
          (v128.load offset=16 (local.get $to))
          (f32x4.mul (local.get $share) (f32x4.convert_i32x4_u (i32x4.extend_high_i16x8_u (local.get $low))))))
      (v128.store offset=32
        (local.get $to)
        (f32x4.add
          (v128.load offset=32 (local.get $to))
          (f32x4.mul (local.get $share) (f32x4.convert_i32x4_u (i32x4.extend_low_i16x8_u (local.get $high))))))
      (v128.store offset=48
        (local.get $to)
        (f32x4.add
          (v128.load offset=48 (local.get $to))
          (f32x4.mul (local.get $share) (f32x4.convert_i32x4_u (i32x4.extend_high_i16x8_u (local.get $high))))))
      (local.set $to (i32.add (local.get $to) (i32.const 64)))
      (br_if $next
        (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 16))) (local.get $end)))))

  ;; Writes `count` RGB pixels to `to`, and one byte beyond: each the weighted sum of `taps` pixels of three floats, rounded. The
  ;; first of them lies as many bytes beyond `from` as `starts` says, 32 bits each; `weights` are `taps` floats for each.
  (func (export "sumPixels")
    (param $from i32) (param $to i32) (param $starts i32) (param $weights i32) (param $taps i32) (param $count i32)
    (local $source i32) (local $left i32) (local $sum v128)
    (loop $next
      (local.set $source (i32.add (local.get $from) (i32.load (local.get $starts))))
      (local.set $left (local.get $taps))
      (local.set $sum (f32x4.splat (f32.const 0.5)))
      (loop $tap
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul (v128.load32_splat (local.get $weights)) (v128.load (local.get $source)))))
        (local.set $weights (i32.add (local.get $weights) (i32.const 4)))
        (local.set $source (i32.add (local.get $source) (i32.const 12)))
        (br_if $tap (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (local.set $sum (i32x4.trunc_sat_f32x4_u (local.get $sum)))
      (local.set $sum (i16x8.narrow_i32x4_s (local.get $sum) (local.get $sum)))
      (v128.store32_lane 0 (local.get $to) (i8x16.narrow_i16x8_u (local.get $sum) (local.get $sum)))
      (local.set $starts (i32.add (local.get $starts) (i32.const 4)))
      (local.set $to (i32.add (local.get $to) (i32.const 3)))
      (br_if $next (local.tee $count (i32.sub (local.get $count) (i32.const 1)))))))
