;; The layers of src/vision/network/network.ts, 128 bits at a time. `npm run kernels` writes convolution-kernel.ts from it.
;;
;; Two channels are a plane: of each pixel a 16-bit number of the even channel, then one of the odd channel, so that a pixel is four bytes
;; and a row a multiple of 16. What lies between the last pixel of a row and its end has no meaning; it is computed along, and never reaches
;; a pixel. What exceeds 16 bits is cut off. Whole numbers come out the same on every machine.
(module
  (memory (export "memory") 1)

  ;; 1 × 1: two planes at `to`, each of whose four channels is a weighted sum of the channels of the `planes` ones at `from`, planes that are
  ;; `toPlane` and `fromPlane` bytes apart. `bytes` of each are made: a multiple of 32, eight pixels a step. `weights`: of the four channels the biases and
  ;; how many bits their sums are shifted right, 32 bits each, then for each plane at `from` its two weights of each of the four, 16 bits each.
  ;; Sums below `least` become `least`.
  (func (export "pointwise")
    (param $from i32) (param $to i32) (param $weights i32) (param $planes i32)
    (param $fromPlane i32) (param $toPlane i32) (param $bytes i32) (param $least i32)
    (local $end i32) (local $source i32) (local $weight i32) (local $left i32) (local $floor v128)
    (local $s0 i32) (local $s1 i32) (local $s2 i32) (local $s3 i32)
    (local $x0 v128) (local $x1 v128) (local $w v128)
    (local $a0 v128) (local $a1 v128) (local $b0 v128) (local $b1 v128)
    (local $c0 v128) (local $c1 v128) (local $d0 v128) (local $d1 v128)
    (local.set $floor (i16x8.splat (local.get $least)))
    (local.set $s0 (i32.load offset=16 (local.get $weights)))
    (local.set $s1 (i32.load offset=20 (local.get $weights)))
    (local.set $s2 (i32.load offset=24 (local.get $weights)))
    (local.set $s3 (i32.load offset=28 (local.get $weights)))
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
      (local.set $weight (i32.add (local.get $weights) (i32.const 32)))
      (local.set $source (local.get $from))
      (local.set $left (local.get $planes))
      (loop $channel
        (local.set $x0 (v128.load (local.get $source)))
        (local.set $x1 (v128.load offset=16 (local.get $source)))
        (local.set $w (v128.load32_splat (local.get $weight)))
        (local.set $a0 (i32x4.add (local.get $a0) (i32x4.dot_i16x8_s (local.get $w) (local.get $x0))))
        (local.set $a1 (i32x4.add (local.get $a1) (i32x4.dot_i16x8_s (local.get $w) (local.get $x1))))
        (local.set $w (v128.load32_splat offset=4 (local.get $weight)))
        (local.set $b0 (i32x4.add (local.get $b0) (i32x4.dot_i16x8_s (local.get $w) (local.get $x0))))
        (local.set $b1 (i32x4.add (local.get $b1) (i32x4.dot_i16x8_s (local.get $w) (local.get $x1))))
        (local.set $w (v128.load32_splat offset=8 (local.get $weight)))
        (local.set $c0 (i32x4.add (local.get $c0) (i32x4.dot_i16x8_s (local.get $w) (local.get $x0))))
        (local.set $c1 (i32x4.add (local.get $c1) (i32x4.dot_i16x8_s (local.get $w) (local.get $x1))))
        (local.set $w (v128.load32_splat offset=12 (local.get $weight)))
        (local.set $d0 (i32x4.add (local.get $d0) (i32x4.dot_i16x8_s (local.get $w) (local.get $x0))))
        (local.set $d1 (i32x4.add (local.get $d1) (i32x4.dot_i16x8_s (local.get $w) (local.get $x1))))
        (local.set $weight (i32.add (local.get $weight) (i32.const 16)))
        (local.set $source (i32.add (local.get $source) (local.get $fromPlane)))
        (br_if $channel (local.tee $left (i32.sub (local.get $left) (i32.const 1)))))
      (local.set $a0 (i16x8.narrow_i32x4_s (i32x4.shr_s (local.get $a0) (local.get $s0)) (i32x4.shr_s (local.get $a1) (local.get $s0))))
      (local.set $b0 (i16x8.narrow_i32x4_s (i32x4.shr_s (local.get $b0) (local.get $s1)) (i32x4.shr_s (local.get $b1) (local.get $s1))))
      (local.set $c0 (i16x8.narrow_i32x4_s (i32x4.shr_s (local.get $c0) (local.get $s2)) (i32x4.shr_s (local.get $c1) (local.get $s2))))
      (local.set $d0 (i16x8.narrow_i32x4_s (i32x4.shr_s (local.get $d0) (local.get $s3)) (i32x4.shr_s (local.get $d1) (local.get $s3))))
      (local.set $a0 (i16x8.max_s (local.get $a0) (local.get $floor)))
      (local.set $b0 (i16x8.max_s (local.get $b0) (local.get $floor)))
      (local.set $c0 (i16x8.max_s (local.get $c0) (local.get $floor)))
      (local.set $d0 (i16x8.max_s (local.get $d0) (local.get $floor)))
      (local.set $source (local.get $to))
      (v128.store (local.get $source) (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a0) (local.get $b0)))
      (v128.store offset=16 (local.get $source) (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a0) (local.get $b0)))
      (local.set $source (i32.add (local.get $source) (local.get $toPlane)))
      (v128.store (local.get $source) (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $c0) (local.get $d0)))
      (v128.store offset=16 (local.get $source) (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $c0) (local.get $d0)))
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

  ;; 3 × 3 of a plane, each channel by itself: `rows` rows of `row` bytes at `to`, from the frame at `from` whose rows are `stride` apart.
  ;; `weights`: of two pixels of the nine at a time, row by row, both weights of the even channel, then of the odd one, 16 bits each, and 0 for a tenth pixel; then both
  ;; biases, and how many bits their sums are shifted right, 32 bits each. Sums below `least` become `least`.
  (func (export "depthwise")
    (param $from i32) (param $to i32) (param $weights i32) (param $rows i32) (param $row i32) (param $stride i32)
    (param $least i32)
    (local $x i32) (local $end i32) (local $row2 i32) (local $row3 i32) (local $bits i32) (local $floor v128)
    (local $a v128) (local $b v128) (local $low v128) (local $high v128) (local $bias v128) (local $zero v128)
    (local $w0 v128) (local $w1 v128) (local $w2 v128) (local $w3 v128) (local $w4 v128)
    (local.set $floor (i16x8.splat (local.get $least)))
    (local.set $w0 (v128.load64_splat (local.get $weights)))
    (local.set $w1 (v128.load64_splat offset=8 (local.get $weights)))
    (local.set $w2 (v128.load64_splat offset=16 (local.get $weights)))
    (local.set $w3 (v128.load64_splat offset=24 (local.get $weights)))
    (local.set $w4 (v128.load64_splat offset=32 (local.get $weights)))
    (local.set $bias (v128.load64_splat offset=40 (local.get $weights)))
    (local.set $bits (i32.load offset=48 (local.get $weights)))
    (loop $next
      (local.set $x (local.get $from))
      (local.set $end (i32.add (local.get $to) (local.get $row)))
      (loop $pixel
        (local.set $row2 (i32.add (local.get $x) (local.get $stride)))
        (local.set $row3 (i32.add (local.get $row2) (local.get $stride)))
        (local.set $low (local.get $bias))
        (local.set $high (local.get $bias))
        (local.set $a (v128.load (local.get $x)))
        (local.set $b (v128.load offset=4 (local.get $x)))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w0)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w0)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (local.set $a (v128.load offset=8 (local.get $x)))
        (local.set $b (v128.load (local.get $row2)))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w1)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w1)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (local.set $a (v128.load offset=4 (local.get $row2)))
        (local.set $b (v128.load offset=8 (local.get $row2)))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w2)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w2)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (local.set $a (v128.load (local.get $row3)))
        (local.set $b (v128.load offset=4 (local.get $row3)))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w3)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w3)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (local.set $a (v128.load offset=8 (local.get $row3)))
        (local.set $b (local.get $zero))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w4)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w4)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (v128.store
          (local.get $to)
          (i16x8.max_s
            (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $low) (local.get $bits))
              (i32x4.shr_s (local.get $high) (local.get $bits)))
            (local.get $floor)))
        (local.set $x (i32.add (local.get $x) (i32.const 16)))
        (br_if $pixel
          (i32.lt_u (local.tee $to (i32.add (local.get $to) (i32.const 16))) (local.get $end))))
      (local.set $from (i32.add (local.get $from) (local.get $stride)))
      (br_if $next (local.tee $rows (i32.sub (local.get $rows) (i32.const 1))))))

  ;; The same for every second pixel of every second row: `rows` and `row` are those at `to`. It reads up to 28 bytes beyond the
  ;; frame's last row.
  (func (export "depthwiseHalving")
    (param $from i32) (param $to i32) (param $weights i32) (param $rows i32) (param $row i32) (param $stride i32)
    (param $least i32)
    (local $x i32) (local $end i32) (local $row2 i32) (local $row3 i32) (local $bits i32) (local $floor v128)
    (local $a v128) (local $b v128) (local $low v128) (local $high v128) (local $bias v128) (local $zero v128)
    (local $w0 v128) (local $w1 v128) (local $w2 v128) (local $w3 v128) (local $w4 v128)
    (local.set $floor (i16x8.splat (local.get $least)))
    (local.set $w0 (v128.load64_splat (local.get $weights)))
    (local.set $w1 (v128.load64_splat offset=8 (local.get $weights)))
    (local.set $w2 (v128.load64_splat offset=16 (local.get $weights)))
    (local.set $w3 (v128.load64_splat offset=24 (local.get $weights)))
    (local.set $w4 (v128.load64_splat offset=32 (local.get $weights)))
    (local.set $bias (v128.load64_splat offset=40 (local.get $weights)))
    (local.set $bits (i32.load offset=48 (local.get $weights)))
    (loop $next
      (local.set $x (local.get $from))
      (local.set $end (i32.add (local.get $to) (local.get $row)))
      (loop $pixel
        (local.set $row2 (i32.add (local.get $x) (local.get $stride)))
        (local.set $row3 (i32.add (local.get $row2) (local.get $stride)))
        (local.set $low (local.get $bias))
        (local.set $high (local.get $bias))
        (local.set $a (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load (local.get $x))
            (v128.load offset=16 (local.get $x))))
        (local.set $b (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load offset=4 (local.get $x))
            (v128.load offset=20 (local.get $x))))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w0)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w0)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (local.set $a (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load offset=8 (local.get $x))
            (v128.load offset=24 (local.get $x))))
        (local.set $b (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load (local.get $row2))
            (v128.load offset=16 (local.get $row2))))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w1)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w1)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (local.set $a (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load offset=4 (local.get $row2))
            (v128.load offset=20 (local.get $row2))))
        (local.set $b (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load offset=8 (local.get $row2))
            (v128.load offset=24 (local.get $row2))))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w2)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w2)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (local.set $a (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load (local.get $row3))
            (v128.load offset=16 (local.get $row3))))
        (local.set $b (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load offset=4 (local.get $row3))
            (v128.load offset=20 (local.get $row3))))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w3)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w3)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (local.set $a (i8x16.shuffle 0 1 2 3 8 9 10 11 16 17 18 19 24 25 26 27
            (v128.load offset=8 (local.get $row3))
            (v128.load offset=24 (local.get $row3))))
        (local.set $b (local.get $zero))
        (local.set $low
          (i32x4.add
            (local.get $low)
            (i32x4.dot_i16x8_s
              (local.get $w4)
              (i8x16.shuffle 0 1 16 17 2 3 18 19 4 5 20 21 6 7 22 23 (local.get $a) (local.get $b)))))
        (local.set $high
          (i32x4.add
            (local.get $high)
            (i32x4.dot_i16x8_s
              (local.get $w4)
              (i8x16.shuffle 8 9 24 25 10 11 26 27 12 13 28 29 14 15 30 31 (local.get $a) (local.get $b)))))
        (v128.store
          (local.get $to)
          (i16x8.max_s
            (i16x8.narrow_i32x4_s
              (i32x4.shr_s (local.get $low) (local.get $bits))
              (i32x4.shr_s (local.get $high) (local.get $bits)))
            (local.get $floor)))
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
        (i16x8.add_sat_s (v128.load (local.get $a)) (v128.load (local.get $b))))
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
          (i16x8.add_sat_s
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
      (br_if $next (local.get $rows)))))
