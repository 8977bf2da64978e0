;; The layers of src/vision/network/network.ts, 128 bits at a time. `npm run kernels` writes convolution-kernel.ts from it.
;;
;; A channel is a plane of 32-bit floats whose rows are a multiple of 16 bytes long. What lies between the last pixel of a row
;; and its end has no meaning; it is computed along, and never reaches a pixel. Multiplication and addition stay two
;; steps everywhere: fused ones round differently on machines that lack them.
(module
  (memory (export "memory") 1)

  ;; 1 × 1: four channels at `to`, each a weighted sum of the `channels` ones at `from`, planes that are `toPlane` and `fromPlane`
  ;; bytes apart. `bytes` of each are made: a multiple of 32, eight pixels a step. `weights`: four biases, then of each channel at `from` its
  ;; four weights. Sums below `least` become `least`.
  (func (export "pointwise")
    (param $from i32) (param $to i32) (param $weights i32) (param $channels i32)
    (param $fromPlane i32) (param $toPlane i32) (param $bytes i32) (param $least f32)
    (local $end i32) (local $source i32) (local $weight i32) (local $left i32) (local $floor v128)
    (local $x0 v128) (local $x1 v128) (local $w v128)
    (local $a0 v128) (local $a1 v128) (local $b0 v128) (local $b1 v128)
    (local $c0 v128) (local $c1 v128) (local $d0 v128) (local $d1 v128)
    (local.set $floor (f32x4.splat (local.get $least)))
    (local.set $end (i32.add (local.get $from) (local.get $bytes)))
    (loop $next
      (local.set $a0 (v128.load32_splat (local.get $weights)))
      (local.set $b0 (v128.load32_splat offset=4 (local.get $weights)))
      (local.set $c0 (v128.load32_splat offset=8 (local.get $weights)))
      (local.set $d0 (v128.load32_splat offset=12 (local.get $weights)))
      (local.set $a1 (local.get $a0))
      (local.set $b1 (local.get $b0))
      (local.set $c1 (local.get $c0))
      (local.set $d1 (local.get $d0))
      (local.set $weight (i32.add (local.get $weights) (i32.const 16)))
      (local.set $source (local.get $from))
      (local.set $left (local.get $channels))
      (loop $channel
        (local.set $x0 (v128.load (local.get $source)))
        (local.set $x1 (v128.load offset=16 (local.get $source)))
        (local.set $w (v128.load32_splat (local.get $weight)))
        (local.set $a0 (f32x4.add (local.get $a0) (f32x4.mul (local.get $w) (local.get $x0))))
        (local.set $a1 (f32x4.add (local.get $a1) (f32x4.mul (local.get $w) (local.get $x1))))
        (local.set $w (v128.load32_splat offset=4 (local.get $weight)))
        (local.set $b0 (f32x4.add (local.get $b0) (f32x4.mul (local.get $w) (local.get $x0))))
        (local.set $b1 (f32x4.add (local.get $b1) (f32x4.mul (local.get $w) (local.get $x1))))
        (local.set $w (v128.load32_splat offset=8 (local.get $weight)))
        (local.set $c0 (f32x4.add (local.get $c0) (f32x4.mul (local.get $w) (local.get $x0))))
        (local.set $c1 (f32x4.add (local.get $c1) (f32x4.mul (local.get $w) (local.get $x1))))
        (local.set $w (v128.load32_splat offset=12 (local.get $weight)))
        (local.set $d0 (f32x4.add (local.get $d0) (f32x4.mul (local.get $w) (local.get $x0))))
        (local.set $d1 (f32x4.add (local.get $d1) (f32x4.mul (local.get $w) (local.get $x1))))
        (local.set $weight (i32.add (local.get $weight) (i32.const 16)))
        (local.set $source (i32.add (local.get $source) (local.get $fromPlane)))
        (br_if $channel (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (local.set $source (local.get $to))
      (v128.store (local.get $source) (f32x4.max (local.get $a0) (local.get $floor)))
      (v128.store offset=16 (local.get $source) (f32x4.max (local.get $a1) (local.get $floor)))
      (local.set $source (i32.add (local.get $source) (local.get $toPlane)))
      (v128.store (local.get $source) (f32x4.max (local.get $b0) (local.get $floor)))
      (v128.store offset=16 (local.get $source) (f32x4.max (local.get $b1) (local.get $floor)))
      (local.set $source (i32.add (local.get $source) (local.get $toPlane)))
      (v128.store (local.get $source) (f32x4.max (local.get $c0) (local.get $floor)))
      (v128.store offset=16 (local.get $source) (f32x4.max (local.get $c1) (local.get $floor)))
      (local.set $source (i32.add (local.get $source) (local.get $toPlane)))
      (v128.store (local.get $source) (f32x4.max (local.get $d0) (local.get $floor)))
      (v128.store offset=16 (local.get $source) (f32x4.max (local.get $d1) (local.get $floor)))
      (local.set $to (i32.add (local.get $to) (i32.const 32)))
      (br_if $next
        (i32.lt_u (local.tee $from (i32.add (local.get $from) (i32.const 32))) (local.get $end)))))

  ;; Copies the `rows` rows of a plane, `pixels` bytes of pixels in `row` bytes each, into the middle of a frame whose rows are
  ;; `stride` apart, at least 20 bytes more than `pixels`. Zeros follow each row; those above, below and on the left have
  ;; to be there, and stay.
  (func (export "frame")
    (param $from i32) (param $to i32) (param $rows i32) (param $pixels i32) (param $row i32) (param $stride i32)
    (local $x i32)
    ;; one row down, one pixel to the right
    (local.set $to (i32.add (i32.add (local.get $to) (local.get $stride)) (i32.const 4)))
    (loop $next
      (local.set $x (i32.const 0))
      (loop $pixel
        (v128.store
          (i32.add (local.get $to) (local.get $x))
          (v128.load (i32.add (local.get $from) (local.get $x))))
        (br_if $pixel
          (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 16))) (local.get $row))))
      (v128.store (i32.add (local.get $to) (local.get $pixels)) (i32x4.splat (i32.const 0)))
      (local.set $from (i32.add (local.get $from) (local.get $row)))
      (local.set $to (i32.add (local.get $to) (local.get $stride)))
      (br_if $next (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; 3 × 3 of one channel: `rows` rows of `row` bytes at `to`, from the frame at `from` whose rows are `stride` apart. `weights`:
  ;; row by row, then the bias. Sums below `least` become `least`.
  (func (export "depthwise")
    (param $from i32) (param $to i32) (param $weights i32) (param $rows i32) (param $row i32) (param $stride i32)
    (param $least f32)
    (local $x i32) (local $end i32) (local $source i32) (local $floor v128) (local $sum v128)
    (local $nw v128) (local $n v128) (local $ne v128)
    (local $w v128) (local $c v128) (local $e v128)
    (local $sw v128) (local $s v128) (local $se v128) (local $bias v128)
    (local.set $floor (f32x4.splat (local.get $least)))
    (local.set $nw (v128.load32_splat (local.get $weights)))
    (local.set $n (v128.load32_splat offset=4 (local.get $weights)))
    (local.set $ne (v128.load32_splat offset=8 (local.get $weights)))
    (local.set $w (v128.load32_splat offset=12 (local.get $weights)))
    (local.set $c (v128.load32_splat offset=16 (local.get $weights)))
    (local.set $e (v128.load32_splat offset=20 (local.get $weights)))
    (local.set $sw (v128.load32_splat offset=24 (local.get $weights)))
    (local.set $s (v128.load32_splat offset=28 (local.get $weights)))
    (local.set $se (v128.load32_splat offset=32 (local.get $weights)))
    (local.set $bias (v128.load32_splat offset=36 (local.get $weights)))
    (loop $next
      (local.set $x (local.get $from))
      (local.set $end (i32.add (local.get $to) (local.get $row)))
      (loop $pixel
        (local.set $source (local.get $x))
        (local.set $sum
          (f32x4.add (local.get $bias) (f32x4.mul (local.get $nw) (v128.load (local.get $source)))))
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (local.get $n) (v128.load offset=4 (local.get $source)))))
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (local.get $ne) (v128.load offset=8 (local.get $source)))))
        (local.set $source (i32.add (local.get $source) (local.get $stride)))
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (local.get $w) (v128.load (local.get $source)))))
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (local.get $c) (v128.load offset=4 (local.get $source)))))
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (local.get $e) (v128.load offset=8 (local.get $source)))))
        (local.set $source (i32.add (local.get $source) (local.get $stride)))
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (local.get $sw) (v128.load (local.get $source)))))
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (local.get $s) (v128.load offset=4 (local.get $source)))))
        (local.set $sum
          (f32x4.add (local.get $sum) (f32x4.mul (local.get $se) (v128.load offset=8 (local.get $source)))))
        (v128.store (local.get $to) (f32x4.max (local.get $sum) (local.get $floor)))
        (local.set $x (i32.add (local.get $x) (i32.const 16)))
        (br_if $pixel
          (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end))))
      (local.set $from (i32.add (local.get $from) (local.get $stride)))
      (br_if $next (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; The same for every second pixel of every second row: `rows` and `row` are those at `to`. It reads up to 28 bytes beyond the
  ;; frame's last row.
  (func (export "depthwiseHalving")
    (param $from i32) (param $to i32) (param $weights i32) (param $rows i32) (param $row i32) (param $stride i32)
    (param $least f32)
    (local $x i32) (local $end i32) (local $source i32) (local $near v128) (local $far v128)
    (local $floor v128) (local $sum v128)
    (local $nw v128) (local $n v128) (local $ne v128)
    (local $w v128) (local $c v128) (local $e v128)
    (local $sw v128) (local $s v128) (local $se v128) (local $bias v128)
    (local.set $floor (f32x4.splat (local.get $least)))
    (local.set $nw (v128.load32_splat (local.get $weights)))
    (local.set $n (v128.load32_splat offset=4 (local.get $weights)))
    (local.set $ne (v128.load32_splat offset=8 (local.get $weights)))
    (local.set $w (v128.load32_splat offset=12 (local.get $weights)))
    (local.set $c (v128.load32_splat offset=16 (local.get $weights)))
    (local.set $e (v128.load32_splat offset=20 (local.get $weights)))
    (local.set $sw (v128.load32_splat offset=24 (local.get $weights)))
    (local.set $s (v128.load32_splat offset=28 (local.get $weights)))
    (local.set $se (v128.load32_splat offset=32 (local.get $weights)))
    (local.set $bias (v128.load32_splat offset=36 (local.get $weights)))
    (loop $next
      (local.set $x (local.get $from))
      (local.set $end (i32.add (local.get $to) (local.get $row)))
      (loop $pixel
        (local.set $source (local.get $x))
        (local.set $sum (local.get $bias))
        (local.set $near (v128.load (local.get $source)))
        (local.set $far (v128.load offset=16 (local.get $source)))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $nw)
              (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $near) (local.get $far)))))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $n)
              (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $near) (local.get $far)))))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $ne)
              (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
                (v128.load offset=8 (local.get $source))
                (v128.load offset=24 (local.get $source))))))
        (local.set $source (i32.add (local.get $source) (local.get $stride)))
        (local.set $near (v128.load (local.get $source)))
        (local.set $far (v128.load offset=16 (local.get $source)))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $w)
              (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $near) (local.get $far)))))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $c)
              (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $near) (local.get $far)))))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $e)
              (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
                (v128.load offset=8 (local.get $source))
                (v128.load offset=24 (local.get $source))))))
        (local.set $source (i32.add (local.get $source) (local.get $stride)))
        (local.set $near (v128.load (local.get $source)))
        (local.set $far (v128.load offset=16 (local.get $source)))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $sw)
              (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $near) (local.get $far)))))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $s)
              (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $near) (local.get $far)))))
        (local.set $sum
          (f32x4.add
            (local.get $sum)
            (f32x4.mul
              (local.get $se)
              (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
                (v128.load offset=8 (local.get $source))
                (v128.load offset=24 (local.get $source))))))
        (v128.store (local.get $to) (f32x4.max (local.get $sum) (local.get $floor)))
        (local.set $x (i32.add (local.get $x) (i32.const 32)))
        (br_if $pixel
          (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end))))
      (local.set $from (i32.add (local.get $from) (i32.shl (local.get $stride) (i32.const 1))))
      (br_if $next (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; 3 × 3 of every second pixel of every second row as nine planes, `plane` bytes apart, at `to`, so that `pointwise` can weigh
  ;; them: above left, above, and so on. Sizes as for `depthwiseHalving`.
  (func (export "neighbours")
    (param $from i32) (param $to i32) (param $plane i32) (param $rows i32) (param $row i32) (param $stride i32)
    (local $x i32) (local $end i32) (local $source i32) (local $target i32) (local $left i32)
    (local $near v128) (local $far v128)
    (loop $next
      (local.set $x (local.get $from))
      (local.set $end (i32.add (local.get $to) (local.get $row)))
      (loop $pixel
        (local.set $source (local.get $x))
        (local.set $target (local.get $to))
        (local.set $left (i32.const 3))
        (loop $line
          (local.set $near (v128.load (local.get $source)))
          (local.set $far (v128.load offset=16 (local.get $source)))
          (v128.store
            (local.get $target)
            (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27 (local.get $near) (local.get $far)))
          (local.set $target (i32.add (local.get $target) (local.get $plane)))
          (v128.store
            (local.get $target)
            (i8x16.shuffle 4 5 6 7 12 13 14 15 20 21 22 23 28 29 30 31 (local.get $near) (local.get $far)))
          (local.set $target (i32.add (local.get $target) (local.get $plane)))
          (v128.store
            (local.get $target)
            (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
              (v128.load offset=8 (local.get $source))
              (v128.load offset=24 (local.get $source))))
          (local.set $target (i32.add (local.get $target) (local.get $plane)))
          (local.set $source (i32.add (local.get $source) (local.get $stride)))
          (br_if $line (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
        (local.set $x (i32.add (local.get $x) (i32.const 32)))
        (br_if $pixel
          (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end))))
      (local.set $from (i32.add (local.get $from) (i32.shl (local.get $stride) (i32.const 1))))
      (br_if $next (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; The sum of two times `bytes`, a multiple of 16, to `to`, which may be either of them.
  (func (export "add") (param $a i32) (param $b i32) (param $to i32) (param $bytes i32)
    (local $end i32)
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (loop $next
      (v128.store
        (local.get $to)
        (f32x4.add (v128.load (local.get $a)) (v128.load (local.get $b))))
      (local.set $b (i32.add (local.get $b) (i32.const 16)))
      (local.set $to (i32.add (local.get $to) (i32.const 16)))
      (br_if $next
        (i32.lt_u (local.tee $a (i32.add (local.get $a) (i32.const 16))) (local.get $end)))))

  ;; A plane of `rows` rows of `row` bytes plus one of half the size, each of whose pixels counts for 2 × 2, to `to`, which may
  ;; be the larger one. `smallRow`: bytes of a row of the smaller.
  (func (export "addDoubled")
    (param $large i32) (param $small i32) (param $to i32) (param $rows i32) (param $row i32) (param $smallRow i32)
    (local $end i32) (local $source i32) (local $pair v128)
    (loop $next
      (local.set $end (i32.add (local.get $to) (local.get $row)))
      (local.set $source (local.get $small))
      (loop $pixel
        (local.set $pair (v128.load64_zero (local.get $source)))
        (v128.store
          (local.get $to)
          (f32x4.add
            (v128.load (local.get $large))
            (i8x16.shuffle 0 1 2 3 0 1 2 3 4 5 6 7 4 5 6 7 (local.get $pair) (local.get $pair))))
        (local.set $large (i32.add (local.get $large) (i32.const 16)))
        (local.set $source (i32.add (local.get $source) (i32.const 8)))
        (br_if $pixel
          (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end))))
      ;; the number of rows is even: where an even number is left, a pair is done
      (local.set $rows (i32.sub (local.get $rows) (i32.const 1)))
      (if (i32.eqz (i32.and (local.get $rows) (i32.const 1)))
        (then (local.set $small (i32.add (local.get $small) (local.get $smallRow)))))
      (br_if $next (local.get $rows))))

  ;; The mean of each of `channels` planes, `plane` bytes apart, of `rows` rows of `pixels` bytes of pixels in `row` bytes each,
  ;; to planes of one pixel, `toPlane` bytes apart.
  (func (export "means")
    (param $from i32) (param $to i32) (param $channels i32) (param $plane i32) (param $toPlane i32)
    (param $rows i32) (param $pixels i32) (param $row i32)
    (local $left i32) (local $source i32) (local $x i32) (local $sum f32) (local $count f32)
    (local.set $count
      (f32.convert_i32_u (i32.mul (local.get $rows) (i32.shr_u (local.get $pixels) (i32.const 2)))))
    (loop $channel
      (local.set $sum (f32.const 0))
      (local.set $left (local.get $rows))
      (local.set $source (local.get $from))
      (loop $next
        (local.set $x (i32.const 0))
        (loop $pixel
          (local.set $sum
            (f32.add (local.get $sum) (f32.load (i32.add (local.get $source) (local.get $x)))))
          (br_if $pixel
            (i32.lt_u (local.tee $x (i32.add (local.get $x) (i32.const 4))) (local.get $pixels))))
        (local.set $source (i32.add (local.get $source) (local.get $row)))
        (br_if $next (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (f32.store (local.get $to) (f32.div (local.get $sum) (local.get $count)))
      (local.set $to (i32.add (local.get $to) (local.get $toPlane)))
      (local.set $from (i32.add (local.get $from) (local.get $plane)))
      (br_if $channel (local.tee $channels (i32.sub (local.get $channels) (i32.const 1)))))))
