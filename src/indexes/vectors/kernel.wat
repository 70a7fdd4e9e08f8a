;; The arithmetic of dense search, on the memory that `code-memory.ts` lays out. Assembled into `kernel.ts` by
;; `npm run kernel`. Node has WebAssembly SIMD without a flag, but not relaxed SIMD, so there is no dot product
;; of bytes: codes are widened to 16 bits and multiplied by a 16-bit query.
;;
;; $score reads rows from four places of the list at once, a quarter of it apart. One stream of
;; reads waits for memory; four are as fast as the memory gives (scripts/measurements/dense.md). A quarter is
;; rounded up and the last ones are moved back to fit, so that up to three rows are computed twice, with the
;; same result, and none needs code of its own. The list must not be empty.
(module
  (import "dense" "memory" (memory 1 65536 shared))

  ;; The address of entry $quarter of $count entries of 4 bytes from $list on.
  (func $start (param $list i32) (param $count i32) (param $quarter i32) (result i32)
    (local $length i32) (local $index i32)
    (local.set $length (i32.shr_u (i32.add (local.get $count) (i32.const 3)) (i32.const 2)))
    (local.set $index (i32.mul (local.get $length) (local.get $quarter)))
    (i32.add (local.get $list) (i32.shl (select
      (local.get $index)
      (i32.sub (local.get $count) (local.get $length))
      (i32.lt_u (local.get $index) (i32.sub (local.get $count) (local.get $length))))
      (i32.const 2))))

  (func $sum (param $v v128) (result i32)
    (local.set $v (i32x4.add (local.get $v)
      (i8x16.shuffle 8 9 10 11 12 13 14 15 0 1 2 3 4 5 6 7 (local.get $v) (local.get $v))))
    (i32.add (i32x4.extract_lane 0 (local.get $v)) (i32x4.extract_lane 1 (local.get $v))))

  ;; scores[doc] = sum(codes[doc] * query) * scales[doc] * step, for the document at $entry of the list.
  (func $put (param $entry i32) (param $dot i32) (param $scales i32) (param $step f32) (param $scores i32)
    (local $offset i32)
    (local.set $offset (i32.shl (i32.load (local.get $entry)) (i32.const 2)))
    (f32.store (i32.add (local.get $scores) (local.get $offset))
      (f32.mul (f32.mul (f32.convert_i32_s (local.get $dot))
        (f32.load (i32.add (local.get $scales) (local.get $offset)))) (local.get $step))))

  ;; Scores the $count documents (u32) of $list. $codes: rows of $stride i8, a multiple of 16; $query: $stride
  ;; i16; $scales and $scores: one f32 a document.
  (func $score (export "score")
    (param $list i32) (param $count i32) (param $codes i32) (param $stride i32) (param $query i32)
    (param $scales i32) (param $step f32) (param $scores i32)
    (local $l0 i32) (local $l1 i32) (local $l2 i32) (local $l3 i32)
    (local $p0 i32) (local $p1 i32) (local $p2 i32) (local $p3 i32)
    (local $a0 v128) (local $a1 v128) (local $a2 v128) (local $a3 v128)
    (local $end i32) (local $q i32) (local $q_end i32) (local $low v128) (local $high v128)
    (local.set $l0 (local.get $list))
    (local.set $l1 (call $start (local.get $list) (local.get $count) (i32.const 1)))
    (local.set $l2 (call $start (local.get $list) (local.get $count) (i32.const 2)))
    (local.set $l3 (call $start (local.get $list) (local.get $count) (i32.const 3)))
    (local.set $end (i32.add (local.get $list)
      (i32.and (i32.add (local.get $count) (i32.const 3)) (i32.const 0xfffffffc))))
    (local.set $q_end (i32.add (local.get $query) (i32.shl (local.get $stride) (i32.const 1))))
    (loop $rows
      (local.set $p0 (i32.add (local.get $codes) (i32.mul (local.get $stride) (i32.load (local.get $l0)))))
      (local.set $p1 (i32.add (local.get $codes) (i32.mul (local.get $stride) (i32.load (local.get $l1)))))
      (local.set $p2 (i32.add (local.get $codes) (i32.mul (local.get $stride) (i32.load (local.get $l2)))))
      (local.set $p3 (i32.add (local.get $codes) (i32.mul (local.get $stride) (i32.load (local.get $l3)))))
      (local.set $a0 (v128.const i64x2 0 0))
      (local.set $a1 (v128.const i64x2 0 0))
      (local.set $a2 (v128.const i64x2 0 0))
      (local.set $a3 (v128.const i64x2 0 0))
      (local.set $q (local.get $query))
      (loop $sixteen
        (local.set $low (v128.load (local.get $q)))
        (local.set $a0 (i32x4.add (local.get $a0)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $p0)) (local.get $low))))
        (local.set $a1 (i32x4.add (local.get $a1)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $p1)) (local.get $low))))
        (local.set $a2 (i32x4.add (local.get $a2)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $p2)) (local.get $low))))
        (local.set $a3 (i32x4.add (local.get $a3)
          (i32x4.dot_i16x8_s (v128.load8x8_s (local.get $p3)) (local.get $low))))
        (local.set $high (v128.load offset=16 (local.get $q)))
        (local.set $a0 (i32x4.add (local.get $a0)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $p0)) (local.get $high))))
        (local.set $a1 (i32x4.add (local.get $a1)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $p1)) (local.get $high))))
        (local.set $a2 (i32x4.add (local.get $a2)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $p2)) (local.get $high))))
        (local.set $a3 (i32x4.add (local.get $a3)
          (i32x4.dot_i16x8_s (v128.load8x8_s offset=8 (local.get $p3)) (local.get $high))))
        (local.set $p0 (i32.add (local.get $p0) (i32.const 16)))
        (local.set $p1 (i32.add (local.get $p1) (i32.const 16)))
        (local.set $p2 (i32.add (local.get $p2) (i32.const 16)))
        (local.set $p3 (i32.add (local.get $p3) (i32.const 16)))
        (local.set $q (i32.add (local.get $q) (i32.const 32)))
        (br_if $sixteen (i32.lt_u (local.get $q) (local.get $q_end))))
      (call $put (local.get $l0) (call $sum (local.get $a0)) (local.get $scales) (local.get $step) (local.get $scores))
      (call $put (local.get $l1) (call $sum (local.get $a1)) (local.get $scales) (local.get $step) (local.get $scores))
      (call $put (local.get $l2) (call $sum (local.get $a2)) (local.get $scales) (local.get $step) (local.get $scores))
      (call $put (local.get $l3) (call $sum (local.get $a3)) (local.get $scales) (local.get $step) (local.get $scores))
      (local.set $l0 (i32.add (local.get $l0) (i32.const 4)))
      (local.set $l1 (i32.add (local.get $l1) (i32.const 4)))
      (local.set $l2 (i32.add (local.get $l2) (i32.const 4)))
      (local.set $l3 (i32.add (local.get $l3) (i32.const 4)))
      (br_if $rows (i32.lt_u (local.get $l0) (local.get $end)))))

  ;; Scores part $n of a list by a task: the arguments of $score, then how many documents a part has.
  (func (export "score_part") (param $task i32) (param $n i32)
    (local $from i32) (local $left i32) (local $size i32)
    (local.set $size (i32.load offset=32 (local.get $task)))
    (local.set $from (i32.mul (local.get $n) (local.get $size)))
    (local.set $left (i32.sub (i32.load offset=4 (local.get $task)) (local.get $from)))
    (call $score
      (i32.add (i32.load (local.get $task)) (i32.shl (local.get $from) (i32.const 2)))
      (select (local.get $left) (local.get $size) (i32.lt_u (local.get $left) (local.get $size)))
      (i32.load offset=8 (local.get $task))
      (i32.load offset=12 (local.get $task))
      (i32.load offset=16 (local.get $task))
      (i32.load offset=20 (local.get $task))
      (f32.load offset=24 (local.get $task))
      (i32.load offset=28 (local.get $task))))

  ;; The first document, from $from to before $count, with a score of more than $bound; $count if none.
  (func (export "next_above")
    (param $scores i32) (param $from i32) (param $count i32) (param $bound f32) (result i32)
    (local $bounds v128) (local $p i32)
    (local.set $bounds (f32x4.splat (local.get $bound)))
    (block $found
      (block $few
        (loop $sixteen
          (br_if $few (i32.gt_u (i32.add (local.get $from) (i32.const 16)) (local.get $count)))
          (local.set $p (i32.add (local.get $scores) (i32.shl (local.get $from) (i32.const 2))))
          (br_if $few (v128.any_true (v128.or
            (v128.or
              (f32x4.gt (v128.load (local.get $p)) (local.get $bounds))
              (f32x4.gt (v128.load offset=16 (local.get $p)) (local.get $bounds)))
            (v128.or
              (f32x4.gt (v128.load offset=32 (local.get $p)) (local.get $bounds))
              (f32x4.gt (v128.load offset=48 (local.get $p)) (local.get $bounds))))))
          (local.set $from (i32.add (local.get $from) (i32.const 16)))
          (br $sixteen)))
      (loop $one
        (br_if $found (i32.ge_u (local.get $from) (local.get $count)))
        (br_if $found (f32.gt
          (f32.load (i32.add (local.get $scores) (i32.shl (local.get $from) (i32.const 2))))
          (local.get $bound)))
        (local.set $from (i32.add (local.get $from) (i32.const 1)))
        (br $one)))
    (local.get $from)))
