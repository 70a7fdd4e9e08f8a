;; The arithmetic of coarse codes, on the memory that `coarse-codes.ts` lays out. Assembled into `coarse-kernel.ts` by
;; `npm run kernel`.
;;
;; Documents are in blocks of 16. Each of the two parts of a block has, one after the other:
;;   coefficients  32 bytes for every 2 directions: 2 bytes (i8) a document.
;;   rests         16 f32: the norm of what all directions so far leave of the vector; -infinity for a document without a
;;                 vector, infinity for one that must not be excluded.
(module
  (import "coarse" "memory" (memory 1 65536 shared))

  ;; A task: the question, where a scan reads and writes, and the least sums that matter. Threads that share a task have globals of
  ;; their own, which $take reads. An address of 0 says that there are no allowed documents or keyword scores to read.
  ;;   $norm, $second_norm  of what the directions of the first part, and of both, leave of the query.
  ;;   $keyword_factor …    the weights of both combinations.
  ;;   $blocks, $second     where the two parts of blocks begin; a block has $size and $second_size bytes there, the first $length
  ;;                        and $second_length of which are coefficients.
  ;;   $from, $count        the blocks to scan, $part of them at a time.
  (global $query (mut i32) (i32.const 0))
  (global $unit (mut f32) (f32.const 0))
  (global $norm (mut f32) (f32.const 0))
  (global $second_norm (mut f32) (f32.const 0))
  (global $allowed (mut i32) (i32.const 0))
  (global $keyword (mut i32) (i32.const 0))
  (global $keyword_factor (mut f32) (f32.const 0))
  (global $cosine_factor (mut f32) (f32.const 0))
  (global $peak_keyword (mut f32) (f32.const 0))
  (global $peak_cosine (mut f32) (f32.const 0))
  (global $blocks (mut i32) (i32.const 0))
  (global $size (mut i32) (i32.const 0))
  (global $length (mut i32) (i32.const 0))
  (global $second (mut i32) (i32.const 0))
  (global $second_size (mut i32) (i32.const 0))
  (global $second_length (mut i32) (i32.const 0))
  (global $from (mut i32) (i32.const 0))
  (global $count (mut i32) (i32.const 0))
  (global $is_deep (mut i32) (i32.const 0))
  (global $least (mut f32) (f32.const 0))
  (global $least_peak (mut f32) (f32.const 0))
  (global $uppers (mut i32) (i32.const 0))
  (global $maxima (mut i32) (i32.const 0))
  (global $part (mut i32) (i32.const 0))

  (func $take (param $task i32)
    (global.set $query (i32.load (local.get $task)))
    (global.set $unit (f32.load offset=4 (local.get $task)))
    (global.set $norm (f32.load offset=8 (local.get $task)))
    (global.set $second_norm (f32.load offset=12 (local.get $task)))
    (global.set $allowed (i32.load offset=16 (local.get $task)))
    (global.set $keyword (i32.load offset=20 (local.get $task)))
    (global.set $keyword_factor (f32.load offset=24 (local.get $task)))
    (global.set $cosine_factor (f32.load offset=28 (local.get $task)))
    (global.set $peak_keyword (f32.load offset=32 (local.get $task)))
    (global.set $peak_cosine (f32.load offset=36 (local.get $task)))
    (global.set $blocks (i32.load offset=40 (local.get $task)))
    (global.set $size (i32.load offset=44 (local.get $task)))
    (global.set $length (i32.load offset=48 (local.get $task)))
    (global.set $second (i32.load offset=52 (local.get $task)))
    (global.set $second_size (i32.load offset=56 (local.get $task)))
    (global.set $second_length (i32.load offset=60 (local.get $task)))
    (global.set $from (i32.load offset=64 (local.get $task)))
    (global.set $count (i32.load offset=68 (local.get $task)))
    (global.set $is_deep (i32.load offset=72 (local.get $task)))
    (global.set $least (f32.load offset=76 (local.get $task)))
    (global.set $least_peak (f32.load offset=80 (local.get $task)))
    (global.set $uppers (i32.load offset=84 (local.get $task)))
    (global.set $maxima (i32.load offset=88 (local.get $task)))
    (global.set $part (i32.load offset=92 (local.get $task))))

  ;; $keyword_factor × keyword score + $cosine_factor × cosine, of the four documents from $doc on.
  (func $combine (param $keyword_factor f32) (param $cosine_factor f32) (param $doc i32) (param $cosine v128) (result v128)
    (local $sum v128)
    (local.set $sum (f32x4.mul (local.get $cosine) (f32x4.splat (local.get $cosine_factor))))
    (if (global.get $keyword) (then
      (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul
        (v128.load (i32.add (global.get $keyword) (i32.shl (local.get $doc) (i32.const 2))))
        (f32x4.splat (local.get $keyword_factor)))))))
    (local.get $sum))

  ;; The largest lane.
  (func $largest (param $v v128) (result f32)
    (local.set $v (f32x4.pmax (local.get $v)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $v) (local.get $v))))
    (f32.max (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v))))

  ;; $bounds of the four documents from $doc on, -infinity for those that are not allowed.
  (func $masked (param $doc i32) (param $bounds v128) (result v128)
    (v128.bitselect (local.get $bounds) (v128.const f32x4 -inf -inf -inf -inf)
      (i32x4.ne (v128.const i64x2 0 0)
        (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u
          (v128.load32_zero (i32.add (global.get $allowed) (local.get $doc))))))))

  ;; Writes bounds of block $b at $uppers, and 4 f32 at $maxima: the highest of the first combination by these bounds, of the
  ;; second one, and both of these halfway between estimates and bounds.
  (func $note (param $b i32)
    (param $e0 v128) (param $e1 v128) (param $e2 v128) (param $e3 v128)
    (param $u0 v128) (param $u1 v128) (param $u2 v128) (param $u3 v128)
    (local $doc i32) (local $p i32)
    (local $k0 v128) (local $k1 v128) (local $k2 v128) (local $k3 v128)
    (local $first v128) (local $peak v128) (local $c v128) (local $w v128)
    (local.set $doc (i32.shl (local.get $b) (i32.const 4)))
    (if (global.get $keyword) (then
      (local.set $p (i32.add (global.get $keyword) (i32.shl (local.get $doc) (i32.const 2))))
      (local.set $k0 (v128.load (local.get $p)))
      (local.set $k1 (v128.load offset=16 (local.get $p)))
      (local.set $k2 (v128.load offset=32 (local.get $p)))
      (local.set $k3 (v128.load offset=48 (local.get $p)))))
    (if (global.get $allowed) (then
      (local.set $u0 (call $masked (local.get $doc) (local.get $u0)))
      (local.set $u1 (call $masked (i32.add (local.get $doc) (i32.const 4)) (local.get $u1)))
      (local.set $u2 (call $masked (i32.add (local.get $doc) (i32.const 8)) (local.get $u2)))
      (local.set $u3 (call $masked (i32.add (local.get $doc) (i32.const 12)) (local.get $u3)))))
    (local.set $p (i32.add (global.get $uppers) (i32.shl (local.get $doc) (i32.const 2))))
    (v128.store (local.get $p) (local.get $u0))
    (v128.store offset=16 (local.get $p) (local.get $u1))
    (v128.store offset=32 (local.get $p) (local.get $u2))
    (v128.store offset=48 (local.get $p) (local.get $u3))
    (local.set $w (f32x4.splat (global.get $keyword_factor)))
    (local.set $c (f32x4.splat (global.get $cosine_factor)))
    (local.set $first (f32x4.pmax
      (f32x4.pmax
        (f32x4.add (f32x4.mul (local.get $u0) (local.get $c)) (f32x4.mul (local.get $k0) (local.get $w)))
        (f32x4.add (f32x4.mul (local.get $u1) (local.get $c)) (f32x4.mul (local.get $k1) (local.get $w))))
      (f32x4.pmax
        (f32x4.add (f32x4.mul (local.get $u2) (local.get $c)) (f32x4.mul (local.get $k2) (local.get $w)))
        (f32x4.add (f32x4.mul (local.get $u3) (local.get $c)) (f32x4.mul (local.get $k3) (local.get $w))))))
    (local.set $w (f32x4.splat (global.get $peak_keyword)))
    (local.set $c (f32x4.splat (global.get $peak_cosine)))
    (local.set $peak (f32x4.pmax
      (f32x4.pmax
        (f32x4.add (f32x4.mul (local.get $u0) (local.get $c)) (f32x4.mul (local.get $k0) (local.get $w)))
        (f32x4.add (f32x4.mul (local.get $u1) (local.get $c)) (f32x4.mul (local.get $k1) (local.get $w))))
      (f32x4.pmax
        (f32x4.add (f32x4.mul (local.get $u2) (local.get $c)) (f32x4.mul (local.get $k2) (local.get $w)))
        (f32x4.add (f32x4.mul (local.get $u3) (local.get $c)) (f32x4.mul (local.get $k3) (local.get $w))))))
    (local.set $p (i32.add (global.get $maxima) (local.get $doc)))
    (f32.store (local.get $p) (call $largest (local.get $first)))
    (f32.store offset=4 (local.get $p) (call $largest (local.get $peak)))
    (local.set $c (f32x4.splat (f32.const 0.5)))
    (local.set $u0 (f32x4.mul (local.get $c) (f32x4.add (local.get $u0) (local.get $e0))))
    (local.set $u1 (f32x4.mul (local.get $c) (f32x4.add (local.get $u1) (local.get $e1))))
    (local.set $u2 (f32x4.mul (local.get $c) (f32x4.add (local.get $u2) (local.get $e2))))
    (local.set $u3 (f32x4.mul (local.get $c) (f32x4.add (local.get $u3) (local.get $e3))))
    (local.set $w (f32x4.splat (global.get $keyword_factor)))
    (local.set $c (f32x4.splat (global.get $cosine_factor)))
    (local.set $first (f32x4.pmax
      (f32x4.pmax
        (f32x4.add (f32x4.mul (local.get $u0) (local.get $c)) (f32x4.mul (local.get $k0) (local.get $w)))
        (f32x4.add (f32x4.mul (local.get $u1) (local.get $c)) (f32x4.mul (local.get $k1) (local.get $w))))
      (f32x4.pmax
        (f32x4.add (f32x4.mul (local.get $u2) (local.get $c)) (f32x4.mul (local.get $k2) (local.get $w)))
        (f32x4.add (f32x4.mul (local.get $u3) (local.get $c)) (f32x4.mul (local.get $k3) (local.get $w))))))
    (local.set $w (f32x4.splat (global.get $peak_keyword)))
    (local.set $c (f32x4.splat (global.get $peak_cosine)))
    (local.set $peak (f32x4.pmax
      (f32x4.pmax
        (f32x4.add (f32x4.mul (local.get $u0) (local.get $c)) (f32x4.mul (local.get $k0) (local.get $w)))
        (f32x4.add (f32x4.mul (local.get $u1) (local.get $c)) (f32x4.mul (local.get $k1) (local.get $w))))
      (f32x4.pmax
        (f32x4.add (f32x4.mul (local.get $u2) (local.get $c)) (f32x4.mul (local.get $k2) (local.get $w)))
        (f32x4.add (f32x4.mul (local.get $u3) (local.get $c)) (f32x4.mul (local.get $k3) (local.get $w))))))
    (f32.store offset=8 (local.get $p) (call $largest (local.get $first)))
    (f32.store offset=12 (local.get $p) (call $largest (local.get $peak))))

  ;; Bounds the cosines of block $b by its first part. Where the first combination reaches $least or the second one
  ;; $least_peak, it notes them, or those by both parts if $is_deep, and returns 1; else 0.
  (func $bound (param $b i32) (result i32)
    (local $e0 v128) (local $e1 v128) (local $e2 v128) (local $e3 v128)
    (local $doc i32) (local $p i32) (local $q i32) (local $end i32) (local $pair v128)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local $u0 v128) (local $u1 v128) (local $u2 v128) (local $u3 v128)
    (local $k0 v128) (local $k1 v128) (local $k2 v128) (local $k3 v128)
    (local $first v128) (local $peak v128) (local $c v128) (local $w v128) (local $maxima i32)
    (local.set $doc (i32.shl (local.get $b) (i32.const 4)))
    (local.set $maxima (i32.add (global.get $maxima) (local.get $doc)))
    (v128.store (local.get $maxima) (v128.const f32x4 -inf -inf -inf -inf))
    (block $excluded
      (if (global.get $allowed) (then
        (br_if $excluded (i32.eqz (v128.any_true
          (v128.load (i32.add (global.get $allowed) (local.get $doc))))))))
      (local.set $p (i32.add (global.get $blocks) (i32.mul (local.get $b) (global.get $size))))
      (local.set $end (i32.add (local.get $p) (global.get $length)))
      (local.set $q (global.get $query))
      (loop $pairs
        (local.set $pair (v128.load32_splat (local.get $q)))
        (local.set $a0 (i32x4.add (local.get $a0)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $p)) (local.get $pair))))
        (local.set $a1 (i32x4.add (local.get $a1)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $p)) (local.get $pair))))
        (local.set $a2 (i32x4.add (local.get $a2)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=16 (local.get $p)) (local.get $pair))))
        (local.set $a3 (i32x4.add (local.get $a3)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=24 (local.get $p)) (local.get $pair))))
        (local.set $pair (v128.load32_splat offset=4 (local.get $q)))
        (local.set $a0 (i32x4.add (local.get $a0)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=32 (local.get $p)) (local.get $pair))))
        (local.set $a1 (i32x4.add (local.get $a1)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=40 (local.get $p)) (local.get $pair))))
        (local.set $a2 (i32x4.add (local.get $a2)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=48 (local.get $p)) (local.get $pair))))
        (local.set $a3 (i32x4.add (local.get $a3)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=56 (local.get $p)) (local.get $pair))))
        (local.set $p (i32.add (local.get $p) (i32.const 64)))
        (local.set $q (i32.add (local.get $q) (i32.const 8)))
        (br_if $pairs (i32.ne (local.get $p) (local.get $end))))
      (local.set $c (f32x4.splat (global.get $unit)))
      (local.set $w (f32x4.splat (global.get $norm)))
      (local.set $e0 (f32x4.mul (f32x4.convert_i32x4_s (local.get $a0)) (local.get $c)))
      (local.set $u0 (f32x4.add (local.get $e0) (f32x4.mul (v128.load (local.get $p)) (local.get $w))))
      (local.set $e1 (f32x4.mul (f32x4.convert_i32x4_s (local.get $a1)) (local.get $c)))
      (local.set $u1 (f32x4.add (local.get $e1) (f32x4.mul (v128.load offset=16 (local.get $p)) (local.get $w))))
      (local.set $e2 (f32x4.mul (f32x4.convert_i32x4_s (local.get $a2)) (local.get $c)))
      (local.set $u2 (f32x4.add (local.get $e2) (f32x4.mul (v128.load offset=32 (local.get $p)) (local.get $w))))
      (local.set $e3 (f32x4.mul (f32x4.convert_i32x4_s (local.get $a3)) (local.get $c)))
      (local.set $u3 (f32x4.add (local.get $e3) (f32x4.mul (v128.load offset=48 (local.get $p)) (local.get $w))))
      ;; Without keyword scores, these are zeros.
      (if (global.get $keyword) (then
        (local.set $q (i32.add (global.get $keyword) (i32.shl (local.get $doc) (i32.const 2))))
        (local.set $k0 (v128.load (local.get $q)))
        (local.set $k1 (v128.load offset=16 (local.get $q)))
        (local.set $k2 (v128.load offset=32 (local.get $q)))
        (local.set $k3 (v128.load offset=48 (local.get $q)))))
      (local.set $w (f32x4.splat (global.get $keyword_factor)))
      (local.set $c (f32x4.splat (global.get $cosine_factor)))
      (local.set $first (f32x4.pmax
        (f32x4.pmax
          (f32x4.add (f32x4.mul (local.get $u0) (local.get $c)) (f32x4.mul (local.get $k0) (local.get $w)))
          (f32x4.add (f32x4.mul (local.get $u1) (local.get $c)) (f32x4.mul (local.get $k1) (local.get $w))))
        (f32x4.pmax
          (f32x4.add (f32x4.mul (local.get $u2) (local.get $c)) (f32x4.mul (local.get $k2) (local.get $w)))
          (f32x4.add (f32x4.mul (local.get $u3) (local.get $c)) (f32x4.mul (local.get $k3) (local.get $w))))))
      (local.set $w (f32x4.splat (global.get $peak_keyword)))
      (local.set $c (f32x4.splat (global.get $peak_cosine)))
      (local.set $peak (f32x4.pmax
        (f32x4.pmax
          (f32x4.add (f32x4.mul (local.get $u0) (local.get $c)) (f32x4.mul (local.get $k0) (local.get $w)))
          (f32x4.add (f32x4.mul (local.get $u1) (local.get $c)) (f32x4.mul (local.get $k1) (local.get $w))))
        (f32x4.pmax
          (f32x4.add (f32x4.mul (local.get $u2) (local.get $c)) (f32x4.mul (local.get $k2) (local.get $w)))
          (f32x4.add (f32x4.mul (local.get $u3) (local.get $c)) (f32x4.mul (local.get $k3) (local.get $w))))))
      (br_if $excluded (i32.eqz (v128.any_true (v128.or
        (f32x4.ge (local.get $first) (f32x4.splat (global.get $least)))
        (f32x4.ge (local.get $peak) (f32x4.splat (global.get $least_peak)))))))
      (if (global.get $is_deep) (then
        (local.set $p (i32.add (global.get $second) (i32.mul (local.get $b) (global.get $second_size))))
        (local.set $end (i32.add (local.get $p) (global.get $second_length)))
        (local.set $q (i32.add (global.get $query) (i32.shr_u (global.get $length) (i32.const 3))))
        (loop $pairs
          (local.set $pair (v128.load32_splat (local.get $q)))
          (local.set $a0 (i32x4.add (local.get $a0)
            (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $p)) (local.get $pair))))
          (local.set $a1 (i32x4.add (local.get $a1)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $p)) (local.get $pair))))
          (local.set $a2 (i32x4.add (local.get $a2)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=16 (local.get $p)) (local.get $pair))))
          (local.set $a3 (i32x4.add (local.get $a3)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=24 (local.get $p)) (local.get $pair))))
          (local.set $pair (v128.load32_splat offset=4 (local.get $q)))
          (local.set $a0 (i32x4.add (local.get $a0)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=32 (local.get $p)) (local.get $pair))))
          (local.set $a1 (i32x4.add (local.get $a1)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=40 (local.get $p)) (local.get $pair))))
          (local.set $a2 (i32x4.add (local.get $a2)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=48 (local.get $p)) (local.get $pair))))
          (local.set $a3 (i32x4.add (local.get $a3)
            (i32x4.dot_i16x8_s (v128.load8x8_s offset=56 (local.get $p)) (local.get $pair))))
          (local.set $p (i32.add (local.get $p) (i32.const 64)))
          (local.set $q (i32.add (local.get $q) (i32.const 8)))
          (br_if $pairs (i32.ne (local.get $p) (local.get $end))))
        (local.set $c (f32x4.splat (global.get $unit)))
        (local.set $w (f32x4.splat (global.get $second_norm)))
        (local.set $e0 (f32x4.mul (f32x4.convert_i32x4_s (local.get $a0)) (local.get $c)))
        (local.set $u0 (f32x4.add (local.get $e0) (f32x4.mul (v128.load (local.get $p)) (local.get $w))))
        (local.set $e1 (f32x4.mul (f32x4.convert_i32x4_s (local.get $a1)) (local.get $c)))
        (local.set $u1 (f32x4.add (local.get $e1) (f32x4.mul (v128.load offset=16 (local.get $p)) (local.get $w))))
        (local.set $e2 (f32x4.mul (f32x4.convert_i32x4_s (local.get $a2)) (local.get $c)))
        (local.set $u2 (f32x4.add (local.get $e2) (f32x4.mul (v128.load offset=32 (local.get $p)) (local.get $w))))
        (local.set $e3 (f32x4.mul (f32x4.convert_i32x4_s (local.get $a3)) (local.get $c)))
        (local.set $u3 (f32x4.add (local.get $e3) (f32x4.mul (v128.load offset=48 (local.get $p)) (local.get $w))))))
      (call $note (local.get $b)
        (local.get $e0) (local.get $e1) (local.get $e2) (local.get $e3)
        (local.get $u0) (local.get $u1) (local.get $u2) (local.get $u3))
      (return (i32.const 1)))
    (i32.const 0))

  ;; Bounds the cosines of the blocks of part $n of a task. Of a block that the first part does not exclude it writes what $note
  ;; does, by both parts if $is_deep, and of another one -infinity 4 times at $maxima. To the word after the task it adds how many
  ;; blocks it has not excluded.
  (func (export "scan") (param $task i32) (param $n i32)
    (local $b i32) (local $b1 i32) (local $b2 i32) (local $b3 i32) (local $end i32) (local $found i32)
    (local $from i32) (local $count i32)
    (call $take (local.get $task))
    (local.set $from (i32.mul (local.get $n) (global.get $part)))
    (local.set $count (i32.sub (global.get $count) (local.get $from)))
    (local.set $count (select (local.get $count) (global.get $part)
      (i32.lt_u (local.get $count) (global.get $part))))
    (local.set $from (i32.add (local.get $from) (global.get $from)))
    ;; Memory is read faster in four streams than in one.
    (local.set $end (i32.shr_u (local.get $count) (i32.const 2)))
    (local.set $b (local.get $from))
    (local.set $b1 (i32.add (local.get $b) (local.get $end)))
    (local.set $b2 (i32.add (local.get $b1) (local.get $end)))
    (local.set $b3 (i32.add (local.get $b2) (local.get $end)))
    (local.set $end (local.get $b1))
    (block $none
      (loop $four
        (br_if $none (i32.eq (local.get $b) (local.get $end)))
        (local.set $found (i32.add (local.get $found) (call $bound (local.get $b))))
        (local.set $found (i32.add (local.get $found) (call $bound (local.get $b1))))
        (local.set $found (i32.add (local.get $found) (call $bound (local.get $b2))))
        (local.set $found (i32.add (local.get $found) (call $bound (local.get $b3))))
        (local.set $b (i32.add (local.get $b) (i32.const 1)))
        (local.set $b1 (i32.add (local.get $b1) (i32.const 1)))
        (local.set $b2 (i32.add (local.get $b2) (i32.const 1)))
        (local.set $b3 (i32.add (local.get $b3) (i32.const 1)))
        (br $four)))
    (local.set $end (i32.add (local.get $from) (local.get $count)))
    (block $none
      (loop $one
        (br_if $none (i32.eq (local.get $b3) (local.get $end)))
        (local.set $found (i32.add (local.get $found) (call $bound (local.get $b3))))
        (local.set $b3 (i32.add (local.get $b3) (i32.const 1)))
        (br $one)))
    (drop (i32.atomic.rmw.add offset=96 (local.get $task) (local.get $found))))

  ;; Lists the documents (u32) of $count blocks whose combination reaches $least, or whose second one $least_peak, by the
  ;; question of a task.
  (func (export "collect")
    (param $task i32) (param $count i32) (param $least f32) (param $least_peak f32) (param $uppers i32) (param $blocks_out i32)
    (param $list i32) (result i32)
    (local $start i32) (local $doc i32) (local $end i32) (local $next_block i32) (local $upper v128) (local $bits i32)
    (call $take (local.get $task))
    (local.set $start (local.get $list))
    (local.set $end (i32.shl (local.get $count) (i32.const 4)))
    (loop $next
      (local.set $next_block (i32.add (local.get $doc) (i32.const 16)))
      (if (i32.or
            (f32.ge (f32.load (local.get $blocks_out)) (local.get $least))
            (f32.ge (f32.load offset=4 (local.get $blocks_out)) (local.get $least_peak)))
        (then
          (loop $four
            (local.set $upper (v128.load
              (i32.add (local.get $uppers) (i32.shl (local.get $doc) (i32.const 2)))))
            (local.set $bits (i32x4.bitmask (v128.or
              (f32x4.ge
                (call $combine (global.get $keyword_factor) (global.get $cosine_factor)
                  (local.get $doc) (local.get $upper))
                (f32x4.splat (local.get $least)))
              (f32x4.ge
                (call $combine (global.get $peak_keyword) (global.get $peak_cosine)
                  (local.get $doc) (local.get $upper))
                (f32x4.splat (local.get $least_peak))))))
            (block $none
              (loop $bit
                (br_if $none (i32.eqz (local.get $bits)))
                (i32.store (local.get $list) (i32.add (local.get $doc) (i32.ctz (local.get $bits))))
                (local.set $list (i32.add (local.get $list) (i32.const 4)))
                (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
                (br $bit)))
            (local.set $doc (i32.add (local.get $doc) (i32.const 4)))
            (br_if $four (i32.ne (local.get $doc) (local.get $next_block))))))
      (local.set $doc (local.get $next_block))
      (local.set $blocks_out (i32.add (local.get $blocks_out) (i32.const 16)))
      (br_if $next (i32.ne (local.get $doc) (local.get $end))))
    (i32.shr_u (i32.sub (local.get $list) (local.get $start)) (i32.const 2)))

  (func $total (param $v v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v)))
      (f32.add (f32x4.extract_lane 2 (local.get $v)) (f32x4.extract_lane 3 (local.get $v)))))

  ;; Writes the inner products of a row of f32, $bytes long, a multiple of 16, and $count directions as long, a multiple of 4.
  (func (export "project") (param $row i32) (param $bytes i32) (param $directions i32) (param $count i32) (param $products i32)
    (local $p i32) (local $end i32) (local $products_end i32) (local $v v128)
    (local $d1 i32) (local $d2 i32) (local $d3 i32)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local.set $end (i32.add (local.get $row) (local.get $bytes)))
    (local.set $products_end (i32.add (local.get $products) (i32.shl (local.get $count) (i32.const 2))))
    (loop $four
      (local.set $s0 (v128.const i64x2 0 0))
      (local.set $s1 (v128.const i64x2 0 0))
      (local.set $s2 (v128.const i64x2 0 0))
      (local.set $s3 (v128.const i64x2 0 0))
      (local.set $d1 (i32.add (local.get $directions) (local.get $bytes)))
      (local.set $d2 (i32.add (local.get $d1) (local.get $bytes)))
      (local.set $d3 (i32.add (local.get $d2) (local.get $bytes)))
      (local.set $p (local.get $row))
      (loop $components
        (local.set $v (v128.load (local.get $p)))
        (local.set $s0 (f32x4.add (local.get $s0) (f32x4.mul (local.get $v) (v128.load (local.get $directions)))))
        (local.set $s1 (f32x4.add (local.get $s1) (f32x4.mul (local.get $v) (v128.load (local.get $d1)))))
        (local.set $s2 (f32x4.add (local.get $s2) (f32x4.mul (local.get $v) (v128.load (local.get $d2)))))
        (local.set $s3 (f32x4.add (local.get $s3) (f32x4.mul (local.get $v) (v128.load (local.get $d3)))))
        (local.set $p (i32.add (local.get $p) (i32.const 16)))
        (local.set $directions (i32.add (local.get $directions) (i32.const 16)))
        (local.set $d1 (i32.add (local.get $d1) (i32.const 16)))
        (local.set $d2 (i32.add (local.get $d2) (i32.const 16)))
        (local.set $d3 (i32.add (local.get $d3) (i32.const 16)))
        (br_if $components (i32.ne (local.get $p) (local.get $end))))
      (local.set $directions (local.get $d3))
      (f32.store (local.get $products) (call $total (local.get $s0)))
      (f32.store offset=4 (local.get $products) (call $total (local.get $s1)))
      (f32.store offset=8 (local.get $products) (call $total (local.get $s2)))
      (f32.store offset=12 (local.get $products) (call $total (local.get $s3)))
      (local.set $products (i32.add (local.get $products) (i32.const 16)))
      (br_if $four (i32.ne (local.get $products) (local.get $products_end)))))

  ;; Writes the codes of $count coefficients (f32) of a document, a multiple of 4: its lane of a part of a block begins at $at.
  ;; $steps: what a step of each code is, f32, and 4 × $count bytes on, its inverse. Returns the sum of the squares of
  ;; what rounding lost.
  (func (export "encode") (param $at i32) (param $coefficients i32) (param $count i32) (param $steps i32) (result f32)
    (local $inverses i32) (local $end i32) (local $v v128) (local $code v128) (local $lost v128)
    (local.set $inverses (i32.add (local.get $steps) (i32.shl (local.get $count) (i32.const 2))))
    (local.set $end (local.get $inverses))
    (loop $four
      (local.set $v (v128.load (local.get $coefficients)))
      (local.set $code (f32x4.max (f32x4.splat (f32.const -127)) (f32x4.min (f32x4.splat (f32.const 127))
        (f32x4.nearest (f32x4.mul (local.get $v) (v128.load (local.get $inverses)))))))
      (local.set $v (f32x4.sub (local.get $v) (f32x4.mul (local.get $code) (v128.load (local.get $steps)))))
      (local.set $lost (f32x4.add (local.get $lost) (f32x4.mul (local.get $v) (local.get $v))))
      (local.set $code (i32x4.trunc_sat_f32x4_s (local.get $code)))
      (local.set $code (i16x8.narrow_i32x4_s (local.get $code) (local.get $code)))
      (local.set $code (i8x16.narrow_i16x8_s (local.get $code) (local.get $code)))
      (i32.store16 (local.get $at) (i16x8.extract_lane_u 0 (local.get $code)))
      (i32.store16 offset=32 (local.get $at) (i16x8.extract_lane_u 1 (local.get $code)))
      (local.set $at (i32.add (local.get $at) (i32.const 64)))
      (local.set $coefficients (i32.add (local.get $coefficients) (i32.const 16)))
      (local.set $inverses (i32.add (local.get $inverses) (i32.const 16)))
      (local.set $steps (i32.add (local.get $steps) (i32.const 16)))
      (br_if $four (i32.ne (local.get $steps) (local.get $end))))
    (call $total (local.get $lost))))
