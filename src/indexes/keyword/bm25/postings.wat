;; Finds where two words follow one another in papers, on the memory that `posting-memory.ts` lays out. Assembled into
;; `postings-kernel.ts` by `npm run kernel`. Postings are given by their numbers in the segment. The loops over postings
;; call functions only where positions have to be read, since Node 20 does not inline any.
(module
  (import "keyword" "memory" (memory 1))

  ;; Where the arrays of the segment are: documents (i32), packed frequencies (i16), where the positions of every
  ;; 8th posting begin (i32), and positions.
  (global $docs (mut i32) (i32.const 0))
  (global $frequencies (mut i32) (i32.const 0))
  (global $blocks (mut i32) (i32.const 0))
  (global $positions (mut i32) (i32.const 0))
  ;; Of every packed frequency: how many positions there are, 0 where a field is full (i8), and a bit a field (i8).
  (global $occurrences (mut i32) (i32.const 0))
  (global $fields (mut i32) (i32.const 0))
  ;; Of each field, in the order of positions: the shift of its bits, and their maximum (two i32). At the end the shift is 32.
  (global $layout (mut i32) (i32.const 0))
  ;; Where the positions of the first word end in each field (i32), and how often a field has both (i32).
  (global $ends (mut i32) (i32.const 0))
  (global $counts (mut i32) (i32.const 0))
  ;; The postings that `merge` and `gallop` came to.
  (global $i (export "i") (mut i32) (i32.const 0))
  (global $j (export "j") (mut i32) (i32.const 0))
  ;; The address of the next integer to be read.
  (global $next (mut i32) (i32.const 0))

  (func (export "setUp") (param i32) (param i32) (param i32) (param i32) (param i32) (param i32) (param i32) (param i32)
    (param i32)
    (global.set $docs (local.get 0))
    (global.set $frequencies (local.get 1))
    (global.set $blocks (local.get 2))
    (global.set $positions (local.get 3))
    (global.set $occurrences (local.get 4))
    (global.set $fields (local.get 5))
    (global.set $layout (local.get 6))
    (global.set $ends (local.get 7))
    (global.set $counts (local.get 8)))

  ;; Writes the pairs of postings `[$i, $i_end)` and `[$j, $j_end)` that are of one document, from $pairs on, up to $pairs_end:
  ;; two i32 each, that of $i after the other where $swapped is 4, before it where it is 0. Sets the globals i and j.
  ;; Both lists are walked through, without branches that depend on the documents. Returns the end of what is written.
  (func (export "merge") (param $i i32) (param $i_end i32) (param $j i32) (param $j_end i32) (param $pairs i32)
    (param $pairs_end i32) (param $swapped i32) (result i32)
    (local $a i32) (local $b i32) (local $other i32)
    (local.set $other (i32.sub (i32.const 4) (local.get $swapped)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $i_end)))
        (br_if $done (i32.ge_u (local.get $j) (local.get $j_end)))
        (br_if $done (i32.ge_u (local.get $pairs) (local.get $pairs_end)))
        (local.set $a (i32.load (i32.add (global.get $docs) (i32.shl (local.get $i) (i32.const 2)))))
        (local.set $b (i32.load (i32.add (global.get $docs) (i32.shl (local.get $j) (i32.const 2)))))
        (i32.store (i32.add (local.get $pairs) (local.get $swapped)) (local.get $i))
        (i32.store (i32.add (local.get $pairs) (local.get $other)) (local.get $j))
        (local.set $pairs (i32.add (local.get $pairs)
          (i32.shl (i32.eq (local.get $a) (local.get $b)) (i32.const 3))))
        (local.set $i (i32.add (local.get $i) (i32.le_u (local.get $a) (local.get $b))))
        (local.set $j (i32.add (local.get $j) (i32.le_u (local.get $b) (local.get $a))))
        (br $next)))
    (global.set $i (local.get $i))
    (global.set $j (local.get $j))
    (local.get $pairs))

  ;; The same where the second list is much longer: a document is looked for in it at growing distances, then by halves
  ;; (galloping: Bentley and Yao, Information Processing Letters, 1976).
  (func (export "gallop") (param $i i32) (param $i_end i32) (param $j i32) (param $j_end i32) (param $pairs i32)
    (param $pairs_end i32) (param $swapped i32) (result i32)
    (local $a i32) (local $step i32) (local $high i32) (local $middle i32) (local $other i32)
    (local.set $other (i32.sub (i32.const 4) (local.get $swapped)))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $i) (local.get $i_end)))
        (br_if $done (i32.ge_u (local.get $j) (local.get $j_end)))
        (br_if $done (i32.ge_u (local.get $pairs) (local.get $pairs_end)))
        (local.set $a (i32.load (i32.add (global.get $docs) (i32.shl (local.get $i) (i32.const 2)))))
        ;; All before $j are of earlier documents; $high, where it is reached, is not.
        (local.set $step (i32.const 1))
        (local.set $high (local.get $j))
        (block $far
          (loop $near
            (br_if $far (i32.ge_u (local.get $high) (local.get $j_end)))
            (br_if $far (i32.ge_u
              (i32.load (i32.add (global.get $docs) (i32.shl (local.get $high) (i32.const 2)))) (local.get $a)))
            (local.set $j (i32.add (local.get $high) (i32.const 1)))
            (local.set $high (i32.add (local.get $high) (local.get $step)))
            (local.set $step (i32.shl (local.get $step) (i32.const 1)))
            (br $near)))
        (if (i32.gt_u (local.get $high) (local.get $j_end)) (then (local.set $high (local.get $j_end))))
        (block $found
          (loop $halve
            (br_if $found (i32.ge_u (local.get $j) (local.get $high)))
            (local.set $middle (i32.shr_u (i32.add (local.get $j) (local.get $high)) (i32.const 1)))
            (if (i32.lt_u
              (i32.load (i32.add (global.get $docs) (i32.shl (local.get $middle) (i32.const 2)))) (local.get $a))
              (then (local.set $j (i32.add (local.get $middle) (i32.const 1))))
              (else (local.set $high (local.get $middle))))
            (br $halve)))
        (br_if $done (i32.ge_u (local.get $j) (local.get $j_end)))
        (i32.store (i32.add (local.get $pairs) (local.get $swapped)) (local.get $i))
        (i32.store (i32.add (local.get $pairs) (local.get $other)) (local.get $j))
        (local.set $pairs (i32.add (local.get $pairs) (i32.shl (i32.eq (local.get $a)
          (i32.load (i32.add (global.get $docs) (i32.shl (local.get $j) (i32.const 2))))) (i32.const 3))))
        (local.set $i (i32.add (local.get $i) (i32.const 1)))
        (br $next)))
    (global.set $i (local.get $i))
    (global.set $j (local.get $j))
    (local.get $pairs))

  ;; Where the integers after $count of them begin: the last byte of an integer is the only one without the high bit.
  (func $skip (param $at i32) (param $count i32) (result i32)
    (local $lasts i64) (local $found i32)
    (block $done
      (br_if $done (i32.eqz (local.get $count)))
      (loop $eight
        (local.set $lasts (i64.and (i64.xor (i64.load (local.get $at)) (i64.const -1))
          (i64.const 0x8080808080808080)))
        (local.set $found (i32.wrap_i64 (i64.popcnt (local.get $lasts))))
        (if (i32.lt_u (local.get $found) (local.get $count)) (then
          (local.set $count (i32.sub (local.get $count) (local.get $found)))
          (local.set $at (i32.add (local.get $at) (i32.const 8)))
          (br $eight))))
      (block $last
        (loop $one
          (local.set $count (i32.sub (local.get $count) (i32.const 1)))
          (br_if $last (i32.eqz (local.get $count)))
          (local.set $lasts (i64.and (local.get $lasts) (i64.sub (local.get $lasts) (i64.const 1))))
          (br $one)))
      (local.set $at (i32.add (local.get $at)
        (i32.add (i32.shr_u (i32.wrap_i64 (i64.ctz (local.get $lasts))) (i32.const 3)) (i32.const 1)))))
    (local.get $at))

  ;; The integer at $next, of seven bits a byte, the low ones first; moves on.
  (func $read (result i32)
    (local $byte i32) (local $value i32) (local $shift i32)
    (loop $more
      (local.set $byte (i32.load8_u (global.get $next)))
      (global.set $next (i32.add (global.get $next) (i32.const 1)))
      (local.set $value (i32.or (local.get $value)
        (i32.shl (i32.and (local.get $byte) (i32.const 127)) (local.get $shift))))
      (local.set $shift (i32.add (local.get $shift) (i32.const 7)))
      (br_if $more (i32.gt_u (local.get $byte) (i32.const 127))))
    (local.get $value))

  ;; Reads the integers of a posting that are before its positions: how often the term occurs in each full field beyond
  ;; what its bits count. Writes where the positions of each field end, and returns how many there are.
  (func $readEnds (param $packed i32) (result i32)
    (local $field i32) (local $to i32) (local $own i32) (local $end i32) (local $shift i32) (local $max i32)
    (local.set $field (global.get $layout))
    (local.set $to (global.get $ends))
    (block $done
      (loop $next
        (local.set $shift (i32.load (local.get $field)))
        (br_if $done (i32.eq (local.get $shift) (i32.const 32)))
        (local.set $max (i32.load offset=4 (local.get $field)))
        (local.set $own (i32.and (i32.shr_u (local.get $packed) (local.get $shift)) (local.get $max)))
        (local.set $end (i32.add (local.get $end) (local.get $own)))
        (if (i32.eq (local.get $own) (local.get $max)) (then
          (local.set $end (i32.add (local.get $end) (call $read)))))
        (i32.store (local.get $to) (local.get $end))
        (local.set $field (i32.add (local.get $field) (i32.const 8)))
        (local.set $to (i32.add (local.get $to) (i32.const 4)))
        (br $next)))
    (local.get $end))

  ;; The address of the positions of a posting.
  (func $start (param $posting i32) (result i32)
    (local $at i32) (local $between i32) (local $end i32) (local $left i32) (local $packed i32) (local $own i32)
    (local.set $at (i32.add (global.get $positions) (i32.load (i32.add (global.get $blocks)
      (i32.shl (i32.shr_u (local.get $posting) (i32.const 3)) (i32.const 2))))))
    (local.set $end (i32.add (global.get $frequencies) (i32.shl (local.get $posting) (i32.const 1))))
    (local.set $between (i32.add (global.get $frequencies)
      (i32.shl (i32.and (local.get $posting) (i32.const -8)) (i32.const 1))))
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $between) (local.get $end)))
        (local.set $packed (i32.load16_u (local.get $between)))
        (local.set $own (i32.load8_u (i32.add (global.get $occurrences) (local.get $packed))))
        (local.set $left (i32.add (local.get $left) (local.get $own)))
        (if (i32.eqz (local.get $own)) (then
          (global.set $next (call $skip (local.get $at) (local.get $left)))
          (local.set $left (call $readEnds (local.get $packed)))
          (local.set $at (global.get $next))))
        (local.set $between (i32.add (local.get $between) (i32.const 2)))
        (br $next)))
    (call $skip (local.get $at) (local.get $left)))

  ;; Of each pair of postings from $pairs to $pairs_end in which the second word is $distance after the first, writes the document
  ;; (i32) from $found_docs on, and how often it is, by field, as a packed frequency (i16) from $found_frequencies on.
  ;; Positions of one field are far from those of another, so that all are compared at once. Returns how many were written.
  (func (export "together") (param $pairs i32) (param $pairs_end i32) (param $distance i32) (param $found_docs i32)
    (param $found_frequencies i32) (result i32)
    (local $i i32) (local $p i32) (local $q i32) (local $packed i32) (local $found i32)
    (local $at i32) (local $after i32) (local $left i32) (local $other_left i32) (local $here i32) (local $there i32)
    (local $place i32) (local $field i32) (local $any i32)
    (block $done
      (loop $next
        (br_if $done (i32.ge_u (local.get $pairs) (local.get $pairs_end)))
        (local.set $i (i32.load (local.get $pairs)))
        (local.set $after (i32.load offset=4 (local.get $pairs)))
        (local.set $pairs (i32.add (local.get $pairs) (i32.const 8)))
        (local.set $p (i32.load16_u (i32.add (global.get $frequencies) (i32.shl (local.get $i) (i32.const 1)))))
        (local.set $q (i32.load16_u (i32.add (global.get $frequencies) (i32.shl (local.get $after) (i32.const 1)))))
        ;; No field has both.
        (br_if $next (i32.eqz (i32.and
          (i32.load8_u (i32.add (global.get $fields) (local.get $p)))
          (i32.load8_u (i32.add (global.get $fields) (local.get $q))))))
        (local.set $at (call $start (local.get $i)))
        (local.set $after (call $start (local.get $after)))
        (local.set $left (i32.load8_u (i32.add (global.get $occurrences) (local.get $p))))
        (local.set $other_left (i32.load8_u (i32.add (global.get $occurrences) (local.get $q))))
        (local.set $packed (i32.const 0))
        (if (i32.and (i32.eq (local.get $left) (i32.const 1)) (i32.eq (local.get $other_left) (i32.const 1))) (then
          ;; Both occur once, and in the same field.
          (global.set $next (local.get $at))
          (local.set $here (i32.add (call $read) (local.get $distance)))
          (global.set $next (local.get $after))
          (br_if $next (i32.ne (local.get $here) (call $read)))
          (local.set $packed (local.get $p))))
        (if (i32.eqz (local.get $packed)) (then
          (global.set $next (local.get $after))
          (if (i32.eqz (local.get $other_left)) (then (local.set $other_left (call $readEnds (local.get $q)))))
          (local.set $there (call $read))
          (local.set $other_left (i32.sub (local.get $other_left) (i32.const 1)))
          (local.set $after (global.get $next))
          (global.set $next (local.get $at))
          (local.set $left (call $readEnds (local.get $p)))
          (local.set $here (i32.const 0))
          (local.set $any (i32.const 0))
          (local.set $place (i32.const 0))
          (local.set $field (i32.const 0))
          (v128.store (global.get $counts) (v128.const i32x4 0 0 0 0))
          (i32.store offset=16 (global.get $counts) (i32.const 0))
          (loop $positions
            (local.set $here (i32.add (local.get $here) (call $read)))
            (if (i32.and (i32.gt_u (local.get $other_left) (i32.const 0))
              (i32.lt_u (local.get $there) (i32.add (local.get $here) (local.get $distance)))) (then
              (local.set $at (global.get $next))
              (global.set $next (local.get $after))
              (loop $others
                (local.set $there (i32.add (local.get $there) (call $read)))
                (local.set $other_left (i32.sub (local.get $other_left) (i32.const 1)))
                (br_if $others (i32.and (i32.gt_u (local.get $other_left) (i32.const 0))
                  (i32.lt_u (local.get $there) (i32.add (local.get $here) (local.get $distance))))))
              (local.set $after (global.get $next))
              (global.set $next (local.get $at))))
            (if (i32.eq (local.get $there) (i32.add (local.get $here) (local.get $distance))) (then
              (loop $fields
                (if (i32.ge_u (local.get $place) (i32.load (i32.add (global.get $ends) (local.get $field)))) (then
                  (local.set $field (i32.add (local.get $field) (i32.const 4)))
                  (br $fields))))
              (local.set $any (i32.const 1))
              (i32.store (i32.add (global.get $counts) (local.get $field))
                (i32.add (i32.load (i32.add (global.get $counts) (local.get $field))) (i32.const 1)))))
            (local.set $place (i32.add (local.get $place) (i32.const 1)))
            (br_if $positions (i32.lt_u (local.get $place) (local.get $left))))
          (br_if $next (i32.eqz (local.get $any)))
          (local.set $packed (call $packed))))
        (i32.store (i32.add (local.get $found_docs) (i32.shl (local.get $found) (i32.const 2)))
          (i32.load (i32.add (global.get $docs) (i32.shl (local.get $i) (i32.const 2)))))
        (i32.store16 (i32.add (local.get $found_frequencies) (i32.shl (local.get $found) (i32.const 1)))
          (local.get $packed))
        (local.set $found (i32.add (local.get $found) (i32.const 1)))
        (br $next)))
    (local.get $found))

  ;; The counts as a packed frequency, each at most what its bits hold.
  (func $packed (result i32)
    (local $field i32) (local $from i32) (local $packed i32) (local $count i32) (local $max i32) (local $shift i32)
    (local.set $field (global.get $layout))
    (local.set $from (global.get $counts))
    (block $done
      (loop $next
        (local.set $shift (i32.load (local.get $field)))
        (br_if $done (i32.eq (local.get $shift) (i32.const 32)))
        (local.set $max (i32.load offset=4 (local.get $field)))
        (local.set $count (i32.load (local.get $from)))
        (if (i32.gt_u (local.get $count) (local.get $max)) (then (local.set $count (local.get $max))))
        (local.set $packed (i32.or (local.get $packed) (i32.shl (local.get $count) (local.get $shift))))
        (local.set $field (i32.add (local.get $field) (i32.const 8)))
        (local.set $from (i32.add (local.get $from) (i32.const 4)))
        (br $next)))
    (local.get $packed)))
