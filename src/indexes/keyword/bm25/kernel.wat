;; Eager scoring of one block of documents, on the memory that `impact-memory.ts` lays out. Assembled into `kernel.ts` by
;; `npm run kernel`. A posting takes 4 bytes: 4 times the document's place in the block, which is the offset of its score,
;; in the high 16 bits, and its impact in the low ones. A frequent term has a row instead: an impact of one byte for every
;; document. The inner loops call no function, since Node 20 does not inline any.
(module
  (import "keyword" "memory" (memory 1))

  ;; Adds factor * impact to the score of each posting's document, for all terms from $term to $terms_end. A term takes
  ;; 8 bytes: where the addresses of its postings by block are (i32), and the factor (f32). $block: 4 times the number of
  ;; the block. $scores: one f32 a document of the block.
  (func (export "score") (param $term i32) (param $terms_end i32) (param $block i32) (param $scores i32)
    (local $posting i32) (local $end i32) (local $last i32) (local $address i32) (local $v v128) (local $places v128)
    (local $factors v128) (local $all_scores v128)
    (local.set $all_scores (i32x4.splat (local.get $scores)))
    (loop $terms
      (local.set $posting (i32.add (i32.load (local.get $term)) (local.get $block)))
      (local.set $end (i32.load offset=4 (local.get $posting)))
      (local.set $posting (i32.load (local.get $posting)))
      (local.set $factors (f32x4.splat (f32.load offset=4 (local.get $term))))
      (local.set $last (i32.sub (local.get $end) (i32.const 16)))
      (block $no_four
        (br_if $no_four (i32.gt_s (local.get $posting) (local.get $last)))
        (loop $four
          (local.set $v (v128.load (local.get $posting)))
          (local.set $places (i32x4.add (local.get $all_scores) (i32x4.shr_u (local.get $v) (i32.const 16))))
          (local.set $v (f32x4.mul (local.get $factors) (f32x4.convert_i32x4_s
            (v128.and (local.get $v) (v128.const i32x4 65535 65535 65535 65535)))))
          (local.set $address (i32x4.extract_lane 0 (local.get $places)))
          (f32.store (local.get $address)
            (f32.add (f32.load (local.get $address)) (f32x4.extract_lane 0 (local.get $v))))
          (local.set $address (i32x4.extract_lane 1 (local.get $places)))
          (f32.store (local.get $address)
            (f32.add (f32.load (local.get $address)) (f32x4.extract_lane 1 (local.get $v))))
          (local.set $address (i32x4.extract_lane 2 (local.get $places)))
          (f32.store (local.get $address)
            (f32.add (f32.load (local.get $address)) (f32x4.extract_lane 2 (local.get $v))))
          (local.set $address (i32x4.extract_lane 3 (local.get $places)))
          (f32.store (local.get $address)
            (f32.add (f32.load (local.get $address)) (f32x4.extract_lane 3 (local.get $v))))
          (local.set $posting (i32.add (local.get $posting) (i32.const 16)))
          (br_if $four (i32.le_s (local.get $posting) (local.get $last)))))
      (block $no_more
        (br_if $no_more (i32.ge_u (local.get $posting) (local.get $end)))
        (loop $one
          (local.set $address
            (i32.add (local.get $scores) (i32.shr_u (i32.load (local.get $posting)) (i32.const 16))))
          (f32.store (local.get $address) (f32.add (f32.load (local.get $address))
            (f32.mul (f32x4.extract_lane 0 (local.get $factors))
              (f32.convert_i32_s (i32.and (i32.load (local.get $posting)) (i32.const 65535))))))
          (local.set $posting (i32.add (local.get $posting) (i32.const 4)))
          (br_if $one (i32.lt_u (local.get $posting) (local.get $end)))))
      (local.set $term (i32.add (local.get $term) (i32.const 8)))
      (br_if $terms (i32.lt_u (local.get $term) (local.get $terms_end)))))

  ;; Sets the score of every document of the block by the rows from $pairs to $pairs_end, two at a time. A pair takes 16
  ;; bytes: where each row is (i32), and the weight of each (i16). A score is $scale times the sum of weight times impact,
  ;; which is exact. $first: the first document of the block. $scores, $scores_end: one f32 a document, a multiple of 32.
  (func (export "scoreRows") (param $pairs i32) (param $pairs_end i32) (param $first i32) (param $scale f32)
    (param $scores i32) (param $scores_end i32)
    (local $pair i32) (local $row i32) (local $other i32) (local $a v128) (local $b v128) (local $v v128)
    (local $weights v128) (local $scales v128)
    (local $s0 v128) (local $s1 v128) (local $s2 v128) (local $s3 v128)
    (local $s4 v128) (local $s5 v128) (local $s6 v128) (local $s7 v128)
    (local.set $scales (f32x4.splat (local.get $scale)))
    (loop $documents
      (local.set $s0 (v128.const i32x4 0 0 0 0))
      (local.set $s1 (v128.const i32x4 0 0 0 0))
      (local.set $s2 (v128.const i32x4 0 0 0 0))
      (local.set $s3 (v128.const i32x4 0 0 0 0))
      (local.set $s4 (v128.const i32x4 0 0 0 0))
      (local.set $s5 (v128.const i32x4 0 0 0 0))
      (local.set $s6 (v128.const i32x4 0 0 0 0))
      (local.set $s7 (v128.const i32x4 0 0 0 0))
      (local.set $pair (local.get $pairs))
      (loop $rows
        (local.set $row (i32.add (local.get $first) (i32.load (local.get $pair))))
        (local.set $other (i32.add (local.get $first) (i32.load offset=4 (local.get $pair))))
        (local.set $weights (v128.load32_splat offset=8 (local.get $pair)))
        (local.set $a (v128.load offset=0 (local.get $row)))
        (local.set $b (v128.load offset=0 (local.get $other)))
        (local.set $v (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23
          (local.get $a) (local.get $b)))
        (local.set $s0 (i32x4.add (local.get $s0)
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $v)) (local.get $weights))))
        (local.set $s1 (i32x4.add (local.get $s1)
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $v)) (local.get $weights))))
        (local.set $v (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31
          (local.get $a) (local.get $b)))
        (local.set $s2 (i32x4.add (local.get $s2)
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $v)) (local.get $weights))))
        (local.set $s3 (i32x4.add (local.get $s3)
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $v)) (local.get $weights))))
        (local.set $a (v128.load offset=16 (local.get $row)))
        (local.set $b (v128.load offset=16 (local.get $other)))
        (local.set $v (i8x16.shuffle 0 16 1 17 2 18 3 19 4 20 5 21 6 22 7 23
          (local.get $a) (local.get $b)))
        (local.set $s4 (i32x4.add (local.get $s4)
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $v)) (local.get $weights))))
        (local.set $s5 (i32x4.add (local.get $s5)
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $v)) (local.get $weights))))
        (local.set $v (i8x16.shuffle 8 24 9 25 10 26 11 27 12 28 13 29 14 30 15 31
          (local.get $a) (local.get $b)))
        (local.set $s6 (i32x4.add (local.get $s6)
          (i32x4.dot_i16x8_s (i16x8.extend_low_i8x16_u (local.get $v)) (local.get $weights))))
        (local.set $s7 (i32x4.add (local.get $s7)
          (i32x4.dot_i16x8_s (i16x8.extend_high_i8x16_u (local.get $v)) (local.get $weights))))
        (local.set $pair (i32.add (local.get $pair) (i32.const 16)))
        (br_if $rows (i32.lt_u (local.get $pair) (local.get $pairs_end))))
      (v128.store offset=0 (local.get $scores)
        (f32x4.mul (local.get $scales) (f32x4.convert_i32x4_s (local.get $s0))))
      (v128.store offset=16 (local.get $scores)
        (f32x4.mul (local.get $scales) (f32x4.convert_i32x4_s (local.get $s1))))
      (v128.store offset=32 (local.get $scores)
        (f32x4.mul (local.get $scales) (f32x4.convert_i32x4_s (local.get $s2))))
      (v128.store offset=48 (local.get $scores)
        (f32x4.mul (local.get $scales) (f32x4.convert_i32x4_s (local.get $s3))))
      (v128.store offset=64 (local.get $scores)
        (f32x4.mul (local.get $scales) (f32x4.convert_i32x4_s (local.get $s4))))
      (v128.store offset=80 (local.get $scores)
        (f32x4.mul (local.get $scales) (f32x4.convert_i32x4_s (local.get $s5))))
      (v128.store offset=96 (local.get $scores)
        (f32x4.mul (local.get $scales) (f32x4.convert_i32x4_s (local.get $s6))))
      (v128.store offset=112 (local.get $scores)
        (f32x4.mul (local.get $scales) (f32x4.convert_i32x4_s (local.get $s7))))
      (local.set $first (i32.add (local.get $first) (i32.const 32)))
      (local.set $scores (i32.add (local.get $scores) (i32.const 128)))
      (br_if $documents (i32.lt_u (local.get $scores) (local.get $scores_end)))))

  ;; Writes a score that is at least $least to $found, after 4 times its place (i32). @returns the end of what is written.
  (func $keep (param $place i32) (param $score f32) (param $least f32) (param $found i32) (result i32)
    (i32.store (local.get $found) (local.get $place))
    (f32.store offset=4 (local.get $found) (local.get $score))
    (i32.add (local.get $found) (i32.shl (f32.ge (local.get $score) (local.get $least)) (i32.const 3))))

  ;; Writes places and scores of at least $least (above 0) to $found on, and clears the $bytes of scores, a multiple of 16.
  ;; Returns how many scores are above 0, times 65536, plus how many were written. There must be room for one more.
  (func (export "collect")
    (param $scores i32) (param $bytes i32) (param $least f32) (param $found i32) (result i32)
    (local $place i32) (local $start i32) (local $v v128) (local $matched v128) (local $leasts v128)
    (local.set $start (local.get $found))
    (local.set $leasts (f32x4.splat (local.get $least)))
    (loop $four
      (local.set $v (v128.load (i32.add (local.get $scores) (local.get $place))))
      (v128.store (i32.add (local.get $scores) (local.get $place)) (v128.const i32x4 0 0 0 0))
      (local.set $matched (i32x4.sub (local.get $matched)
        (f32x4.gt (local.get $v) (v128.const f32x4 0 0 0 0))))
      (if (v128.any_true (f32x4.ge (local.get $v) (local.get $leasts))) (then
        (local.set $found (call $keep (local.get $place)
          (f32x4.extract_lane 0 (local.get $v)) (local.get $least) (local.get $found)))
        (local.set $found (call $keep (i32.add (local.get $place) (i32.const 4))
          (f32x4.extract_lane 1 (local.get $v)) (local.get $least) (local.get $found)))
        (local.set $found (call $keep (i32.add (local.get $place) (i32.const 8))
          (f32x4.extract_lane 2 (local.get $v)) (local.get $least) (local.get $found)))
        (local.set $found (call $keep (i32.add (local.get $place) (i32.const 12))
          (f32x4.extract_lane 3 (local.get $v)) (local.get $least) (local.get $found)))))
      (local.set $place (i32.add (local.get $place) (i32.const 16)))
      (br_if $four (i32.lt_u (local.get $place) (local.get $bytes))))
    (i32.add
      (i32.shl
        (i32.add
          (i32.add (i32x4.extract_lane 0 (local.get $matched)) (i32x4.extract_lane 1 (local.get $matched)))
          (i32.add (i32x4.extract_lane 2 (local.get $matched)) (i32x4.extract_lane 3 (local.get $matched))))
        (i32.const 16))
      (i32.shr_u (i32.sub (local.get $found) (local.get $start)) (i32.const 3)))))
