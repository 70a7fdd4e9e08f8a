;; How threads share work that is cut into parts: each takes the next part until there is none. Assembled into `work-kernel.ts` by
;; `npm run kernel`; see `shared-work.ts`.
;;
;; The memory has four words, each in a line of the cache of its own:
;;     0  how many tasks there have been: what helpers wait for
;;    64  OPEN while helpers may join the task, plus how many have joined
;;   128  the next part of the task, and, at 132, 136 and 140, how many parts it has, whether it is of scores, and its address
(module
  (import "work" "memory" (memory 1 1 shared))
  ;; Do part $n of the task at $task, a scan or scores: addresses are those of the memories of these functions.
  (import "work" "scan" (func $scan (param $task i32) (param $n i32)))
  (import "work" "score" (func $score (param $task i32) (param $n i32)))

  (func $take_parts
    (local $n i32)
    (block $none
      (loop $next
        (local.set $n (i32.atomic.rmw.add offset=128 (i32.const 0) (i32.const 1)))
        (br_if $none (i32.ge_u (local.get $n) (i32.load offset=132 (i32.const 0))))
        (if (i32.load offset=136 (i32.const 0))
          (then (call $score (i32.load offset=140 (i32.const 0)) (local.get $n)))
          (else (call $scan (i32.load offset=140 (i32.const 0)) (local.get $n))))
        (br $next))))

  ;; Does the task at $task, of $parts parts, which are of scores if $is_score, with the helpers that are awake in
  ;; time. Returns when there is no part that nobody has taken.
  (func (export "do") (param $task i32) (param $parts i32) (param $is_score i32)
    (i32.store offset=132 (i32.const 0) (local.get $parts))
    (i32.store offset=136 (i32.const 0) (local.get $is_score))
    (i32.store offset=140 (i32.const 0) (local.get $task))
    (i32.atomic.store offset=128 (i32.const 0) (i32.const 0))
    (i32.atomic.store offset=64 (i32.const 0) (i32.const 0x10000))
    (drop (i32.atomic.rmw.add (i32.const 0) (i32.const 1)))
    (drop (memory.atomic.notify (i32.const 0) (i32.const -1)))
    (call $take_parts)
    (drop (i32.atomic.rmw.and offset=64 (i32.const 0) (i32.const 0xffff))))

  ;; Returns when all parts are done, and no helper looks at the task any more: so the next one can be written.
  (func (export "wait")
    (local $state i32) (local $spins i32)
    (local.set $spins (i32.const 2000))
    (block $done
      (loop $again
        (local.set $state (i32.atomic.load offset=64 (i32.const 0)))
        (br_if $done (i32.eqz (local.get $state)))
        (if (local.get $spins)
          (then (local.set $spins (i32.sub (local.get $spins) (i32.const 1))))
          (else (drop (memory.atomic.wait32 offset=64 (i32.const 0) (local.get $state) (i64.const -1)))))
        (br $again))))

  ;; Helps with all tasks. It never returns.
  (func (export "help")
    (local $seen i32) (local $state i32)
    (loop $next
      (drop (memory.atomic.wait32 (i32.const 0) (local.get $seen) (i64.const -1)))
      (local.set $seen (i32.atomic.load (i32.const 0)))
      (block $late
        (loop $join
          (local.set $state (i32.atomic.load offset=64 (i32.const 0)))
          (br_if $late (i32.lt_u (local.get $state) (i32.const 0x10000)))
          (br_if $join (i32.ne (local.get $state) (i32.atomic.rmw.cmpxchg offset=64 (i32.const 0)
            (local.get $state) (i32.add (local.get $state) (i32.const 1))))))
        (call $take_parts)
        ;; The last one wakes the thread whose task it is.
        (if (i32.eq (i32.atomic.rmw.sub offset=64 (i32.const 0) (i32.const 1)) (i32.const 1))
          (then (drop (memory.atomic.notify offset=64 (i32.const 0) (i32.const -1))))))
      (br $next))))
