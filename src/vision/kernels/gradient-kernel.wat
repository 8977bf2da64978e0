;; The inner loop of canny.ts, eight pixels at a time. `npm run kernels` writes gradient-kernel.ts from it.
(module
  (memory (export "memory") 1)

  ;; One row of `width` pixels: Sobel's |dx| + |dy| of the bytes at `pixels`, whose rows are `stride` apart and which have a
  ;; neighbour on all sides, to `sizes`, 16 bits each, and zeros to eight more. Where it exceeds `low`, the pixel's number,
  ;; `first` and up, goes to `list`, 32 bits each. Returns where the list ends.
  (func (export "gradients")
    (param $pixels i32) (param $stride i32) (param $width i32) (param $sizes i32)
    (param $low i32) (param $first i32) (param $list i32) (result i32)
    (local $end i32) (local $found i32) (local $limit v128) (local $size v128)
    (local $above i32) (local $below i32)
    (local $nw v128) (local $n v128) (local $ne v128) (local $sw v128) (local $s v128) (local $se v128)
    (local.set $limit (i16x8.splat (local.get $low)))
    (local.set $end (i32.add (local.get $first) (local.get $width)))
    (loop $next
      (local.set $above (i32.sub (local.get $pixels) (local.get $stride)))
      (local.set $below (i32.add (local.get $pixels) (local.get $stride)))
      (local.set $nw (v128.load8x8_u (i32.sub (local.get $above) (i32.const 1))))
      (local.set $n (v128.load8x8_u (local.get $above)))
      (local.set $ne (v128.load8x8_u offset=1 (local.get $above)))
      (local.set $sw (v128.load8x8_u (i32.sub (local.get $below) (i32.const 1))))
      (local.set $s (v128.load8x8_u (local.get $below)))
      (local.set $se (v128.load8x8_u offset=1 (local.get $below)))
      (local.set $size
        (i16x8.add
          (i16x8.abs
            (i16x8.add
              (i16x8.sub (i16x8.add (local.get $ne) (local.get $se)) (i16x8.add (local.get $nw) (local.get $sw)))
              (i16x8.shl
                (i16x8.sub
                  (v128.load8x8_u offset=1 (local.get $pixels))
                  (v128.load8x8_u (i32.sub (local.get $pixels) (i32.const 1))))
                (i32.const 1))))
          (i16x8.abs
            (i16x8.add
              (i16x8.sub (i16x8.add (local.get $sw) (local.get $se)) (i16x8.add (local.get $nw) (local.get $ne)))
              (i16x8.shl (i16x8.sub (local.get $s) (local.get $n)) (i32.const 1))))))
      (v128.store (local.get $sizes) (local.get $size))
      (local.set $found (i16x8.bitmask (i16x8.gt_s (local.get $size) (local.get $limit))))
      ;; The last eight may reach beyond the row.
      (if (i32.lt_u (i32.sub (local.get $end) (local.get $first)) (i32.const 8))
        (then
          (local.set $found
            (i32.and
              (local.get $found)
              (i32.shr_u
                (i32.const 255)
                (i32.sub (i32.const 8) (i32.sub (local.get $end) (local.get $first))))))))
      (block $listed
        (loop $each
          (br_if $listed (i32.eqz (local.get $found)))
          (i32.store (local.get $list) (i32.add (local.get $first) (i32.ctz (local.get $found))))
          (local.set $list (i32.add (local.get $list) (i32.const 4)))
          (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
          (br $each)))
      (local.set $pixels (i32.add (local.get $pixels) (i32.const 8)))
      (local.set $sizes (i32.add (local.get $sizes) (i32.const 16)))
      (local.set $first (i32.add (local.get $first) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $first) (local.get $end))))
    (v128.store
      (i32.sub (local.get $sizes) (i32.shl (i32.sub (local.get $first) (local.get $end)) (i32.const 1)))
      (i32x4.splat (i32.const 0)))
    (local.get $list)))
