;; What reading memory costs on this machine: adds up $bytes bytes from $from on, 16 at a time, from one place
;; or, as the kernel of dense search reads them, from four a quarter apart. $bytes: a multiple of 256.
(module
  (import "dense" "memory" (memory 1 65536 shared))

  (func (export "one") (param $from i32) (param $bytes i32) (result i64)
    (local $end i32) (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $end (i32.add (local.get $from) (local.get $bytes)))
    (loop $more
      (local.set $a (i64x2.add (local.get $a) (v128.load (local.get $from))))
      (local.set $b (i64x2.add (local.get $b) (v128.load offset=16 (local.get $from))))
      (local.set $c (i64x2.add (local.get $c) (v128.load offset=32 (local.get $from))))
      (local.set $d (i64x2.add (local.get $d) (v128.load offset=48 (local.get $from))))
      (local.set $from (i32.add (local.get $from) (i32.const 64)))
      (br_if $more (i32.ne (local.get $from) (local.get $end))))
    (i64x2.extract_lane 0 (i64x2.add
      (i64x2.add (local.get $a) (local.get $b)) (i64x2.add (local.get $c) (local.get $d)))))

  (func (export "four") (param $from i32) (param $bytes i32) (result i64)
    (local $end i32) (local $quarter i32) (local $p1 i32) (local $p2 i32) (local $p3 i32)
    (local $a v128) (local $b v128) (local $c v128) (local $d v128)
    (local.set $quarter (i32.shr_u (local.get $bytes) (i32.const 2)))
    (local.set $end (i32.add (local.get $from) (local.get $quarter)))
    (local.set $p1 (local.get $end))
    (local.set $p2 (i32.add (local.get $p1) (local.get $quarter)))
    (local.set $p3 (i32.add (local.get $p2) (local.get $quarter)))
    (loop $more
      (local.set $a (i64x2.add (local.get $a)
        (i64x2.add (v128.load (local.get $from)) (v128.load offset=16 (local.get $from)))))
      (local.set $b (i64x2.add (local.get $b)
        (i64x2.add (v128.load (local.get $p1)) (v128.load offset=16 (local.get $p1)))))
      (local.set $c (i64x2.add (local.get $c)
        (i64x2.add (v128.load (local.get $p2)) (v128.load offset=16 (local.get $p2)))))
      (local.set $d (i64x2.add (local.get $d)
        (i64x2.add (v128.load (local.get $p3)) (v128.load offset=16 (local.get $p3)))))
      (local.set $from (i32.add (local.get $from) (i32.const 32)))
      (local.set $p1 (i32.add (local.get $p1) (i32.const 32)))
      (local.set $p2 (i32.add (local.get $p2) (i32.const 32)))
      (local.set $p3 (i32.add (local.get $p3) (i32.const 32)))
      (br_if $more (i32.ne (local.get $from) (local.get $end))))
    (i64x2.extract_lane 0 (i64x2.add
      (i64x2.add (local.get $a) (local.get $b)) (i64x2.add (local.get $c) (local.get $d))))))
