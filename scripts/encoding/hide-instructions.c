/*
 * Hides instruction sets of an x86-64 processor from a program on Linux, to measure what it does without them:
 *   cc -O1 -shared -fPIC -o hide.so hide-instructions.c
 *   HIDE=vnni LD_PRELOAD=./hide.so PROGRAM
 * HIDE=vnni hides VNNI and AMX; HIDE=avx512 hides all of AVX-512 as well. The CPUID instruction is made to fault
 * (arch_prctl(2), ARCH_SET_CPUID), and the handler of the fault executes it and clears the bits (Intel SDM, volume 2A, CPUID).
 * The program's own handlers of SIGSEGV are not installed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <ucontext.h>
#include <unistd.h>

#define ARCH_SET_CPUID 0x1012
#define BIT(n) (1u << (n))

static int hides_vnni, hides_avx512;
static int (*install)(int, const struct sigaction *, struct sigaction *);

static void answer(int signal, siginfo_t *info, void *context)
{
    greg_t *registers = ((ucontext_t *)context)->uc_mcontext.gregs;
    const unsigned char *code = (const unsigned char *)registers[REG_RIP];
    (void)info;
    if (code[0] != 0x0f || code[1] != 0xa2) {
        struct sigaction crash;
        memset(&crash, 0, sizeof crash);
        crash.sa_handler = SIG_DFL;
        install(signal, &crash, NULL);
        return;
    }
    unsigned leaf = registers[REG_RAX], subleaf = registers[REG_RCX];
    unsigned a = leaf, b, c = subleaf, d;
    syscall(SYS_arch_prctl, ARCH_SET_CPUID, 1UL);
    __asm__ volatile("cpuid" : "+a"(a), "=b"(b), "+c"(c), "=d"(d));
    syscall(SYS_arch_prctl, ARCH_SET_CPUID, 0UL);
    if (leaf == 7 && subleaf == 0) {
        c &= ~BIT(11);                         /* AVX512_VNNI */
        d &= ~(BIT(22) | BIT(24) | BIT(25));   /* AMX */
        if (hides_avx512) {                    /* F, DQ, IFMA, CD, BW, VL */
            b &= ~(BIT(16) | BIT(17) | BIT(21) | BIT(28) | BIT(30) | BIT(31));
        }
    }
    if (leaf == 7 && subleaf == 1) {
        a &= ~(BIT(4) | BIT(5));               /* AVX-VNNI, AVX512_BF16 */
    }
    registers[REG_RAX] = a;
    registers[REG_RBX] = b;
    registers[REG_RCX] = c;
    registers[REG_RDX] = d;
    registers[REG_RIP] += 2;
}

__attribute__((constructor)) static void hide(void)
{
    const char *what = getenv("HIDE");
    install = dlsym(RTLD_NEXT, "sigaction");
    if (!what) return;
    hides_avx512 = !strcmp(what, "avx512");
    hides_vnni = hides_avx512 || !strcmp(what, "vnni");
    if (!hides_vnni) return;
    struct sigaction handler;
    memset(&handler, 0, sizeof handler);
    handler.sa_sigaction = answer;
    handler.sa_flags = SA_SIGINFO | SA_NODEFER | SA_ONSTACK;
    install(SIGSEGV, &handler, NULL);
    if (syscall(SYS_arch_prctl, ARCH_SET_CPUID, 0UL)) {
        perror("arch_prctl");
        _exit(1);
    }
}

int sigaction(int signal, const struct sigaction *new_action, struct sigaction *old_action)
{
    if (!install) install = dlsym(RTLD_NEXT, "sigaction");
    if (signal == SIGSEGV && hides_vnni) return 0;
    return install(signal, new_action, old_action);
}
