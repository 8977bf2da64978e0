;; The inner loops of canny.ts, eight pixels at a time. `npm run kernels` writes gradient-kernel.ts from it.
(module
  (memory (export "memory") 1)

  ;; One row of `width` pixels: Sobel's |dx| + |dy| of the bytes at `pixels`, whose rows are `stride` apart and which have a
  ;; neighbour on all sides, to `sizes`, 16 bits each, and zeros to eight more.
  (func (export "gradients") (param $pixels i32) (param $stride i32) (param $width i32) (param $sizes i32)
    (local $end i32) (local $above i32) (local $below i32)
    (local $nw v128) (local $n v128) (local $ne v128) (local $sw v128) (local $s v128) (local $se v128)
    (local.set $end (i32.add (local.get $sizes) (i32.shl (local.get $width) (i32.const 1))))
    (loop $next
      (local.set $above (i32.sub (local.get $pixels) (local.get $stride)))
      (local.set $below (i32.add (local.get $pixels) (local.get $stride)))
      (local.set $nw (v128.load8x8_u (i32.sub (local.get $above) (i32.const 1))))
      (local.set $n (v128.load8x8_u (local.get $above)))
      (local.set $ne (v128.load8x8_u offset=1 (local.get $above)))
      (local.set $sw (v128.load8x8_u (i32.sub (local.get $below) (i32.const 1))))
      (local.set $s (v128.load8x8_u (local.get $below)))
      (local.set $se (v128.load8x8_u offset=1 (local.get $below)))
      (v128.store
        (local.get $sizes)
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
      (local.set $pixels (i32.add (local.get $pixels) (i32.const 8)))
      (br_if $next
        (i32.lt_u (local.tee $sizes (i32.add (local.get $sizes) (i32.const 16))) (local.get $end))))
    (v128.store (local.get $end) (i32x4.splat (i32.const 0))))

  ;; The largest of three rows of `width` sizes, and zeros to eight more.
  (func (export "largest")
    (param $first i32) (param $second i32) (param $third i32) (param $to i32) (param $width i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $to) (i32.shl (local.get $width) (i32.const 1))))
    (loop $next
      (v128.store
        (local.get $to)
        (i16x8.max_s
          (i16x8.max_s (v128.load (local.get $first)) (v128.load (local.get $second)))
          (v128.load (local.get $third))))
      (local.set $first (i32.add (local.get $first) (i32.const 16)))
      (local.set $second (i32.add (local.get $second) (i32.const 16)))
      (local.set $third (i32.add (local.get $third) (i32.const 16)))
      (br_if $next
        (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end))))
    (v128.store (local.get $end) (i32x4.splat (i32.const 0))))

  ;; Where a row's `width` sizes exceed `low`: the pixel's number, `first` and up, goes to `list`, 32 bits each. Returns where the list ends.
  (func (export "list")
    (param $sizes i32) (param $width i32) (param $low i32) (param $first i32) (param $list i32) (result i32)
    (local $end i32) (local $found i32) (local $limit v128)
    (local.set $limit (i16x8.splat (local.get $low)))
    (local.set $end (i32.add (local.get $first) (local.get $width)))
    (loop $next
      ;; what lies between the row and the next one is zero
      (local.set $found (i16x8.bitmask (i16x8.gt_s (v128.load (local.get $sizes)) (local.get $limit))))
      (block $listed
        (loop $each
          (br_if $listed (i32.eqz (local.get $found)))
          (i32.store (local.get $list) (i32.add (local.get $first) (i32.ctz (local.get $found))))
          (local.set $list (i32.add (local.get $list) (i32.const 4)))
          (local.set $found (i32.and (local.get $found) (i32.sub (local.get $found) (i32.const 1))))
          (br $each)))
      (local.set $sizes (i32.add (local.get $sizes) (i32.const 16)))
      (local.set $first (i32.add (local.get $first) (i32.const 8)))
      (br_if $next (i32.lt_u (local.get $first) (local.get $end))))
    (local.get $list)))
