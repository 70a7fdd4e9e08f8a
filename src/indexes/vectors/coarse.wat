;; The arithmetic of coarse codes, on the memory that `coarse-codes.ts` lays out. Assembled into `coarse-kernel.ts` by
;; `npm run kernel`.
;;
;; Documents are in blocks of 16. A block has, one after the other:
;;   signs         16 bytes for every 8 components: a byte a document, a bit a component, 1 where it is negative.
;;                 Documents 0 to 7 have the even bytes, 8 to 15 the odd ones.
;;   coefficients  32 bytes for every 2 directions: 2 bytes (i8) a document.
;;   factors       16 f32: what sums of signs are multiplied by.
;;   residuals     16 f32: the norm of what the codes lost, -infinity for a document without a vector.
(module
  (import "coarse" "memory" (memory 1))

  ;; The question of a scan, as its functions read it.
  (global $signs (mut i32) (i32.const 0))
  (global $coefficients (mut i32) (i32.const 0))
  (global $query (mut i32) (i32.const 0))
  (global $unit (mut f32) (f32.const 0))
  (global $step (mut f32) (f32.const 0))
  (global $offset (mut f32) (f32.const 0))
  (global $norm (mut f32) (f32.const 0))
  (global $uppers (mut i32) (i32.const 0))
  (global $allowed (mut i32) (i32.const 0))
  (global $keyword (mut i32) (i32.const 0))
  (global $factors (mut v128) (v128.const i64x2 0 0))
  (global $maxima (mut i32) (i32.const 0))
  (global $peak_factors (mut v128) (v128.const i64x2 0 0))
  (global $peaks (mut i32) (i32.const 0))

  ;; Asks a question. Of the two combinations, lane 0 weighs keyword scores, lane 1 cosines. An address of 0 says that
  ;; there are no allowed documents, keyword scores or second combination to read.
  (func (export "ask")
    (param $signs i32) (param $coefficients i32) (param $query i32) (param $unit f32)
    (param $step f32) (param $offset f32) (param $norm f32)
    (param $uppers i32) (param $allowed i32) (param $keyword i32) (param $maxima i32) (param $peaks i32)
    (param $keyword_factor f32) (param $cosine_factor f32) (param $peak_keyword f32) (param $peak_cosine f32)
    (global.set $signs (local.get $signs))
    (global.set $coefficients (local.get $coefficients))
    (global.set $query (local.get $query))
    (global.set $unit (local.get $unit))
    (global.set $step (local.get $step))
    (global.set $offset (local.get $offset))
    (global.set $norm (local.get $norm))
    (global.set $uppers (local.get $uppers))
    (global.set $allowed (local.get $allowed))
    (global.set $keyword (local.get $keyword))
    (global.set $maxima (local.get $maxima))
    (global.set $peaks (local.get $peaks))
    (global.set $factors (f32x4.replace_lane 1
      (f32x4.splat (local.get $keyword_factor)) (local.get $cosine_factor)))
    (global.set $peak_factors (f32x4.replace_lane 1
      (f32x4.splat (local.get $peak_keyword)) (local.get $peak_cosine))))

  ;; keyword score × lane 0 of $factors + upper × lane 1, of the four documents from $doc on.
  (func $combine (param $factors v128) (param $doc i32) (param $upper v128) (result v128)
    (local $sum v128)
    (local.set $sum (f32x4.mul (local.get $upper) (f32x4.splat (f32x4.extract_lane 1 (local.get $factors)))))
    (if (global.get $keyword) (then
      (local.set $sum (f32x4.add (local.get $sum) (f32x4.mul
        (v128.load (i32.add (global.get $keyword) (i32.shl (local.get $doc) (i32.const 2))))
        (f32x4.splat (f32x4.extract_lane 0 (local.get $factors))))))))
    (local.get $sum))

  ;; The largest lane.
  (func $largest (param $v v128) (result f32)
    (local.set $v (f32x4.pmax (local.get $v)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $v) (local.get $v))))
    (f32.max (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v))))

  ;; Writes the upper bounds of the cosines of four documents from $doc on. $products: sums over coefficients;
  ;; $sums: of the tables of signs; $at: the factors of the documents.
  (func $bound (param $doc i32) (param $products v128) (param $sums v128) (param $at i32) (result v128)
    (local $upper v128) (local $mask v128)
    (local.set $upper (f32x4.add
      (f32x4.add
        (f32x4.mul (f32x4.convert_i32x4_s (local.get $products)) (f32x4.splat (global.get $unit)))
        (f32x4.mul
          (f32x4.add
            (f32x4.mul (f32x4.convert_i32x4_u (local.get $sums)) (f32x4.splat (global.get $step)))
            (f32x4.splat (global.get $offset)))
          (v128.load (local.get $at))))
      (f32x4.mul (v128.load offset=64 (local.get $at)) (f32x4.splat (global.get $norm)))))
    (if (global.get $allowed) (then
      (local.set $mask (i32x4.ne (v128.const i64x2 0 0)
        (i32x4.extend_low_i16x8_u (i16x8.extend_low_i8x16_u
          (v128.load32_zero (i32.add (global.get $allowed) (local.get $doc)))))))
      (local.set $upper (v128.bitselect (local.get $upper)
        (v128.const f32x4 -inf -inf -inf -inf) (local.get $mask)))))
    (v128.store (i32.add (global.get $uppers) (i32.shl (local.get $doc) (i32.const 2))) (local.get $upper))
    (local.get $upper))

  ;; Finishes block $index at $block. $even and $odd: the sums of tables of pairs of bytes, and of the odd bytes alone.
  (func $finish (param $index i32) (param $block i32) (param $even v128) (param $odd v128)
    (local $doc i32) (local $p i32) (local $end i32) (local $q i32) (local $pair v128)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local $max v128) (local $peak v128)
    (local.set $p (i32.add (local.get $block) (global.get $signs)))
    (local.set $end (i32.add (local.get $p) (global.get $coefficients)))
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
      (local.set $p (i32.add (local.get $p) (i32.const 32)))
      (local.set $q (i32.add (local.get $q) (i32.const 4)))
      (br_if $pairs (i32.ne (local.get $p) (local.get $end))))
    (local.set $even (i16x8.sub (local.get $even) (i16x8.shl (local.get $odd) (i32.const 8))))
    (local.set $doc (i32.shl (local.get $index) (i32.const 4)))
    (local.set $a0 (call $bound (local.get $doc) (local.get $a0)
      (i32x4.extend_low_i16x8_u (local.get $even)) (local.get $p)))
    (local.set $a1 (call $bound (i32.add (local.get $doc) (i32.const 4)) (local.get $a1)
      (i32x4.extend_high_i16x8_u (local.get $even)) (i32.add (local.get $p) (i32.const 16))))
    (local.set $a2 (call $bound (i32.add (local.get $doc) (i32.const 8)) (local.get $a2)
      (i32x4.extend_low_i16x8_u (local.get $odd)) (i32.add (local.get $p) (i32.const 32))))
    (local.set $a3 (call $bound (i32.add (local.get $doc) (i32.const 12)) (local.get $a3)
      (i32x4.extend_high_i16x8_u (local.get $odd)) (i32.add (local.get $p) (i32.const 48))))
    (f32.store (i32.add (global.get $maxima) (i32.shl (local.get $index) (i32.const 2)))
      (call $highest (global.get $factors) (local.get $doc)
        (local.get $a0) (local.get $a1) (local.get $a2) (local.get $a3)))
    (if (global.get $peaks) (then
      (f32.store (i32.add (global.get $peaks) (i32.shl (local.get $index) (i32.const 2)))
        (call $highest (global.get $peak_factors) (local.get $doc)
          (local.get $a0) (local.get $a1) (local.get $a2) (local.get $a3))))))

  ;; The largest combination of 16 documents.
  (func $highest (param $factors v128) (param $doc i32)
    (param $a0 v128) (param $a1 v128) (param $a2 v128) (param $a3 v128) (result f32)
    (call $largest (f32x4.pmax
      (f32x4.pmax
        (call $combine (local.get $factors) (local.get $doc) (local.get $a0))
        (call $combine (local.get $factors) (i32.add (local.get $doc) (i32.const 4)) (local.get $a1)))
      (f32x4.pmax
        (call $combine (local.get $factors) (i32.add (local.get $doc) (i32.const 8)) (local.get $a2))
        (call $combine (local.get $factors) (i32.add (local.get $doc) (i32.const 12)) (local.get $a3))))))

  ;; Scans $count blocks of $size bytes from $blocks on, for the question last asked, in four streams as the kernel of
  ;; 8-bit codes does. $tables: 32 bytes for every 8 components, what a document with these 4 and those 4 signs adds.
  (func (export "scan") (param $blocks i32) (param $count i32) (param $size i32) (param $tables i32)
    (local $length i32) (local $b i32) (local $b1 i32) (local $b2 i32) (local $b3 i32)
    (local $p0 i32) (local $p1 i32) (local $p2 i32) (local $p3 i32) (local $t i32) (local $end i32)
    (local $low v128) (local $high v128) (local $v v128) (local $mask v128)
    (local $e0 v128) (local $e1 v128) (local $e2 v128) (local $e3 v128)
    (local $o0 v128) (local $o1 v128) (local $o2 v128) (local $o3 v128)
    (local.set $mask (i8x16.splat (i32.const 15)))
    (local.set $end (i32.add (local.get $tables) (i32.shl (global.get $signs) (i32.const 1))))
    (local.set $length (i32.shr_u (i32.add (local.get $count) (i32.const 3)) (i32.const 2)))
    (local.set $b1 (call $start (local.get $count) (local.get $length) (i32.const 1)))
    (local.set $b2 (call $start (local.get $count) (local.get $length) (i32.const 2)))
    (local.set $b3 (call $start (local.get $count) (local.get $length) (i32.const 3)))
    (loop $next
      (local.set $p0 (i32.add (local.get $blocks) (i32.mul (local.get $b) (local.get $size))))
      (local.set $p1 (i32.add (local.get $blocks) (i32.mul (local.get $b1) (local.get $size))))
      (local.set $p2 (i32.add (local.get $blocks) (i32.mul (local.get $b2) (local.get $size))))
      (local.set $p3 (i32.add (local.get $blocks) (i32.mul (local.get $b3) (local.get $size))))
      (local.set $e0 (v128.const i64x2 0 0))
      (local.set $e1 (v128.const i64x2 0 0))
      (local.set $e2 (v128.const i64x2 0 0))
      (local.set $e3 (v128.const i64x2 0 0))
      (local.set $o0 (v128.const i64x2 0 0))
      (local.set $o1 (v128.const i64x2 0 0))
      (local.set $o2 (v128.const i64x2 0 0))
      (local.set $o3 (v128.const i64x2 0 0))
      (local.set $t (local.get $tables))
      (loop $eight
        (local.set $low (v128.load (local.get $t)))
        (local.set $high (v128.load offset=16 (local.get $t)))
        (local.set $v (v128.load (local.get $p0)))
        (local.set $v (i8x16.add
          (i8x16.swizzle (local.get $low) (v128.and (local.get $v) (local.get $mask)))
          (i8x16.swizzle (local.get $high)
            (v128.and (i16x8.shr_u (local.get $v) (i32.const 4)) (local.get $mask)))))
        (local.set $e0 (i16x8.add (local.get $e0) (local.get $v)))
        (local.set $o0 (i16x8.add (local.get $o0) (i16x8.shr_u (local.get $v) (i32.const 8))))
        (local.set $p0 (i32.add (local.get $p0) (i32.const 16)))
        (local.set $v (v128.load (local.get $p1)))
        (local.set $v (i8x16.add
          (i8x16.swizzle (local.get $low) (v128.and (local.get $v) (local.get $mask)))
          (i8x16.swizzle (local.get $high)
            (v128.and (i16x8.shr_u (local.get $v) (i32.const 4)) (local.get $mask)))))
        (local.set $e1 (i16x8.add (local.get $e1) (local.get $v)))
        (local.set $o1 (i16x8.add (local.get $o1) (i16x8.shr_u (local.get $v) (i32.const 8))))
        (local.set $p1 (i32.add (local.get $p1) (i32.const 16)))
        (local.set $v (v128.load (local.get $p2)))
        (local.set $v (i8x16.add
          (i8x16.swizzle (local.get $low) (v128.and (local.get $v) (local.get $mask)))
          (i8x16.swizzle (local.get $high)
            (v128.and (i16x8.shr_u (local.get $v) (i32.const 4)) (local.get $mask)))))
        (local.set $e2 (i16x8.add (local.get $e2) (local.get $v)))
        (local.set $o2 (i16x8.add (local.get $o2) (i16x8.shr_u (local.get $v) (i32.const 8))))
        (local.set $p2 (i32.add (local.get $p2) (i32.const 16)))
        (local.set $v (v128.load (local.get $p3)))
        (local.set $v (i8x16.add
          (i8x16.swizzle (local.get $low) (v128.and (local.get $v) (local.get $mask)))
          (i8x16.swizzle (local.get $high)
            (v128.and (i16x8.shr_u (local.get $v) (i32.const 4)) (local.get $mask)))))
        (local.set $e3 (i16x8.add (local.get $e3) (local.get $v)))
        (local.set $o3 (i16x8.add (local.get $o3) (i16x8.shr_u (local.get $v) (i32.const 8))))
        (local.set $p3 (i32.add (local.get $p3) (i32.const 16)))
        (local.set $t (i32.add (local.get $t) (i32.const 32)))
        (br_if $eight (i32.ne (local.get $t) (local.get $end))))
      (call $finish (local.get $b) (i32.sub (local.get $p0) (global.get $signs)) (local.get $e0) (local.get $o0))
      (call $finish (local.get $b1) (i32.sub (local.get $p1) (global.get $signs)) (local.get $e1) (local.get $o1))
      (call $finish (local.get $b2) (i32.sub (local.get $p2) (global.get $signs)) (local.get $e2) (local.get $o2))
      (call $finish (local.get $b3) (i32.sub (local.get $p3) (global.get $signs)) (local.get $e3) (local.get $o3))
      (local.set $b1 (i32.add (local.get $b1) (i32.const 1)))
      (local.set $b2 (i32.add (local.get $b2) (i32.const 1)))
      (local.set $b3 (i32.add (local.get $b3) (i32.const 1)))
      (local.set $b (i32.add (local.get $b) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $b) (local.get $length)))))

  ;; Where stream $quarter begins, moved back so that $length blocks follow.
  (func $start (param $count i32) (param $length i32) (param $quarter i32) (result i32)
    (select
      (i32.mul (local.get $length) (local.get $quarter))
      (i32.sub (local.get $count) (local.get $length))
      (i32.lt_u (i32.mul (local.get $length) (local.get $quarter))
        (i32.sub (local.get $count) (local.get $length)))))

  ;; Lists the documents (u32) of $count blocks whose combination reaches $least, or whose second one $least_peak.
  (func (export "collect") (param $count i32) (param $least f32) (param $least_peak f32) (param $list i32)
    (result i32)
    (local $start i32) (local $b i32) (local $doc i32) (local $end i32) (local $upper v128) (local $bits i32)
    (local $found v128)
    (local.set $start (local.get $list))
    (loop $next
      (if (i32.or
            (f32.ge (f32.load (i32.add (global.get $maxima) (i32.shl (local.get $b) (i32.const 2))))
              (local.get $least))
            (call $has_peak (local.get $b) (local.get $least_peak)))
        (then
          (local.set $doc (i32.shl (local.get $b) (i32.const 4)))
          (local.set $end (i32.add (local.get $doc) (i32.const 16)))
          (loop $four
            (local.set $upper (v128.load
              (i32.add (global.get $uppers) (i32.shl (local.get $doc) (i32.const 2)))))
            (local.set $found (f32x4.ge
              (call $combine (global.get $factors) (local.get $doc) (local.get $upper))
              (f32x4.splat (local.get $least))))
            (if (global.get $peaks) (then
              (local.set $found (v128.or (local.get $found) (f32x4.ge
                (call $combine (global.get $peak_factors) (local.get $doc) (local.get $upper))
                (f32x4.splat (local.get $least_peak)))))))
            (local.set $bits (i32x4.bitmask (local.get $found)))
            (block $none
              (loop $bit
                (br_if $none (i32.eqz (local.get $bits)))
                (i32.store (local.get $list) (i32.add (local.get $doc) (i32.ctz (local.get $bits))))
                (local.set $list (i32.add (local.get $list) (i32.const 4)))
                (local.set $bits (i32.and (local.get $bits) (i32.sub (local.get $bits) (i32.const 1))))
                (br $bit)))
            (local.set $doc (i32.add (local.get $doc) (i32.const 4)))
            (br_if $four (i32.ne (local.get $doc) (local.get $end))))))
      (local.set $b (i32.add (local.get $b) (i32.const 1)))
      (br_if $next (i32.lt_u (local.get $b) (local.get $count))))
    (i32.shr_u (i32.sub (local.get $list) (local.get $start)) (i32.const 2)))

  (func $has_peak (param $b i32) (param $least f32) (result i32)
    (if (result i32) (global.get $peaks)
      (then (f32.ge (f32.load (i32.add (global.get $peaks) (i32.shl (local.get $b) (i32.const 2))))
        (local.get $least)))
      (else (i32.const 0))))

  ;; The sum of the products of two rows of f32, $bytes long, a multiple of 64.
  (func $dot (param $a i32) (param $b i32) (param $bytes i32) (result f32)
    (local $end i32) (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local.set $end (i32.add (local.get $a) (local.get $bytes)))
    (loop $sixteen
      (local.set $s0 (f32x4.add (local.get $s0)
        (f32x4.mul (v128.load (local.get $a)) (v128.load (local.get $b)))))
      (local.set $s1 (f32x4.add (local.get $s1)
        (f32x4.mul (v128.load offset=16 (local.get $a)) (v128.load offset=16 (local.get $b)))))
      (local.set $s2 (f32x4.add (local.get $s2)
        (f32x4.mul (v128.load offset=32 (local.get $a)) (v128.load offset=32 (local.get $b)))))
      (local.set $s3 (f32x4.add (local.get $s3)
        (f32x4.mul (v128.load offset=48 (local.get $a)) (v128.load offset=48 (local.get $b)))))
      (local.set $a (i32.add (local.get $a) (i32.const 64)))
      (local.set $b (i32.add (local.get $b) (i32.const 64)))
      (br_if $sixteen (i32.ne (local.get $a) (local.get $end))))
    (call $total (f32x4.add
      (f32x4.add (local.get $s0) (local.get $s1)) (f32x4.add (local.get $s2) (local.get $s3)))))

  (func $total (param $v v128) (result f32)
    (f32.add
      (f32.add (f32x4.extract_lane 0 (local.get $v)) (f32x4.extract_lane 1 (local.get $v)))
      (f32.add (f32x4.extract_lane 2 (local.get $v)) (f32x4.extract_lane 3 (local.get $v)))))

  ;; Writes the coarse codes of one document, $lane (0 to 15) of $block. $row: its components, f32, $bytes long, which
  ;; are overwritten by what remains of them. $directions: orthonormal rows as long, $count of them. $largest: the
  ;; largest code of a coefficient. Returns the square of the norm of what rounding coefficients lost.
  (func (export "encode") (param $block i32) (param $lane i32) (param $row i32) (param $bytes i32)
    (param $directions i32) (param $count i32) (param $largest f32) (param $components f32) (result f32)
    (local $i i32) (local $c f32) (local $code f32) (local $lost f32) (local $p i32) (local $end i32) (local $at i32)
    (local $v v128) (local $value v128) (local $magnitudes v128) (local $squares v128) (local $sum f32)
    (local $d i32) (local $kept i32)
    ;; Rounded coefficients are kept after the row.
    (local.set $kept (i32.add (local.get $row) (local.get $bytes)))
    (local.set $at (i32.add (i32.add (local.get $block) (i32.shr_u (local.get $bytes) (i32.const 1)))
      (i32.shl (local.get $lane) (i32.const 1))))
    (local.set $d (local.get $directions))
    (loop $direction
      (local.set $c (f32.mul (local.get $largest)
        (call $dot (local.get $row) (local.get $d) (local.get $bytes))))
      (local.set $code (f32.max (f32.neg (local.get $largest))
        (f32.min (local.get $largest) (f32.nearest (local.get $c)))))
      (local.set $lost (f32.add (local.get $lost) (f32.mul
        (f32.sub (local.get $c) (local.get $code)) (f32.sub (local.get $c) (local.get $code)))))
      (i32.store8
        (i32.add (local.get $at) (i32.add
          (i32.shl (i32.shr_u (local.get $i) (i32.const 1)) (i32.const 5))
          (i32.and (local.get $i) (i32.const 1))))
        (i32.trunc_sat_f32_s (local.get $code)))
      (f32.store (i32.add (local.get $kept) (i32.shl (local.get $i) (i32.const 2)))
        (f32.div (local.get $code) (local.get $largest)))
      (local.set $d (i32.add (local.get $d) (local.get $bytes)))
      (local.set $i (i32.add (local.get $i) (i32.const 1)))
      (br_if $direction (i32.ne (local.get $i) (local.get $count))))
    ;; What remains: its signs, magnitudes and squares.
    (local.set $p (local.get $row))
    (local.set $end (i32.add (local.get $row) (local.get $bytes)))
    (local.set $at (i32.add (local.get $block) (i32.add
      (i32.shl (i32.and (local.get $lane) (i32.const 7)) (i32.const 1))
      (i32.shr_u (local.get $lane) (i32.const 3)))))
    (loop $eight
      (local.set $v (v128.load (local.get $p)))
      (local.set $value (v128.load offset=16 (local.get $p)))
      (local.set $d (i32.add (local.get $directions) (i32.sub (local.get $p) (local.get $row))))
      (local.set $i (local.get $kept))
      (loop $direction
        (local.set $v (f32x4.sub (local.get $v)
          (f32x4.mul (v128.load (local.get $d)) (v128.load32_splat (local.get $i)))))
        (local.set $value (f32x4.sub (local.get $value)
          (f32x4.mul (v128.load offset=16 (local.get $d)) (v128.load32_splat (local.get $i)))))
        (local.set $d (i32.add (local.get $d) (local.get $bytes)))
        (local.set $i (i32.add (local.get $i) (i32.const 4)))
        (br_if $direction (i32.ne (local.get $i)
          (i32.add (local.get $kept) (i32.shl (local.get $count) (i32.const 2))))))
      (local.set $magnitudes (f32x4.add (local.get $magnitudes)
        (f32x4.add (f32x4.abs (local.get $v)) (f32x4.abs (local.get $value)))))
      (local.set $squares (f32x4.add (local.get $squares) (f32x4.add
        (f32x4.mul (local.get $v) (local.get $v)) (f32x4.mul (local.get $value) (local.get $value)))))
      (i32.store8 (local.get $at) (i32.or
        (i32x4.bitmask (local.get $v))
        (i32.shl (i32x4.bitmask (local.get $value)) (i32.const 4))))
      (local.set $at (i32.add (local.get $at) (i32.const 16)))
      (local.set $p (i32.add (local.get $p) (i32.const 32)))
      (br_if $eight (i32.ne (local.get $p) (local.get $end))))
    ;; The factors follow the signs and the coefficients.
    (local.set $at (i32.add
      (i32.add (local.get $block) (i32.add
        (i32.shr_u (local.get $bytes) (i32.const 1)) (i32.shl (local.get $count) (i32.const 4))))
      (i32.shl (local.get $lane) (i32.const 2))))
    (local.set $sum (call $total (local.get $magnitudes)))
    (f32.store (local.get $at) (f32.div (local.get $sum) (local.get $components)))
    ;; The difference of two nearly equal sums of squares would be off by its rounding, so this is added.
    (f32.store offset=64 (local.get $at) (f32.sqrt (f32.add (f32.const 1e-5) (f32.max (f32.const 0) (f32.sub
      (call $total (local.get $squares))
      (f32.div (f32.mul (local.get $sum) (local.get $sum)) (local.get $components)))))))
    (f32.div (local.get $lost) (f32.mul (local.get $largest) (local.get $largest)))))
