// A process of its own for the voice: started with nothing but a socket, and left with nothing but reading files. What
// of it Swift can't import: variadic prctl, a GNU extension of posix_spawn, seccomp's macros.
#pragma once
#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <spawn.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

enum { utter_child_socket = 3 };

/// Two connected sockets, closed on exec, the second for the child: it can be some tenths of a second of sound ahead.
static inline int utter_socket_pair(int ends[2]) {
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends)) return errno;
    const int size = 8192;
    setsockopt(ends[1], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
    return 0;
}

/// Starts a program whose descriptor 3 is `socket` and whose other ones lead nowhere: eSpeak NG's sound library looks for
/// servers when it starts, and would complain on standard error that it may not.
///
/// Returns 0 or an errno.
static inline int utter_spawn(
    pid_t *process, const char *program, char *const arguments[], char *const environment[], int socket) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    int result = posix_spawn_file_actions_init(&actions);
    if (result) return result;
    if ((result = posix_spawnattr_init(&attributes))) {
        posix_spawn_file_actions_destroy(&actions);
        return result;
    }
    if (!(result = posix_spawn_file_actions_adddup2(&actions, socket, utter_child_socket))
        && !(result = posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0))
        && !(result = posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0))
        && !(result = posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0))
        && !(result = posix_spawn_file_actions_addclosefrom_np(&actions, utter_child_socket + 1))
        && !(result = posix_spawnattr_setsigmask(&attributes, &none))
        && !(result = posix_spawnattr_setsigdefault(&attributes, &all))
        // A group of its own: Ctrl-C is for the daemon.
        && !(result = posix_spawnattr_setpgroup(&attributes, 0))
        && !(result = posix_spawnattr_setflags(
                 &attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP)))
        result = posix_spawn(process, program, &actions, &attributes, arguments, environment);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return result;
}

#if defined(__x86_64__)
#define UTTER_AUDIT_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define UTTER_AUDIT_ARCH AUDIT_ARCH_AARCH64
#endif

/// Takes this process every right that reading text aloud does not need: no sockets, no programs, no files but for
/// reading, no other process, no new privileges, no core dump. It ends when the thread that started it does.
///
/// Returns 0 or an errno; what could be taken is taken.
static inline int utter_confine(void) {
    const struct rlimit nothing = {0, 0}, descriptors = {16, 16};
    setrlimit(RLIMIT_CORE, &nothing);
    setrlimit(RLIMIT_NOFILE, &descriptors);
    prctl(PR_SET_NAME, "utter-speech", 0, 0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0);
    // Signals that end the daemon are the daemon's to handle.
    signal(SIGTERM, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGHUP, SIG_IGN);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)) return errno;
#ifdef UTTER_AUDIT_ARCH
#define UTTER_LOAD(field) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define UTTER_DENY BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ERRNO | EPERM)
#define UTTER_DENY_CALL(name) BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_##name, 0, 1), UTTER_DENY
    struct sock_filter filter[] = {
        UTTER_LOAD(arch),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, UTTER_AUDIT_ARCH, 1, 0),
        UTTER_DENY,
        UTTER_LOAD(nr),
        UTTER_DENY_CALL(socket), UTTER_DENY_CALL(socketpair), UTTER_DENY_CALL(connect), UTTER_DENY_CALL(bind),
        UTTER_DENY_CALL(listen), UTTER_DENY_CALL(accept), UTTER_DENY_CALL(accept4), UTTER_DENY_CALL(execve),
        UTTER_DENY_CALL(execveat), UTTER_DENY_CALL(ptrace), UTTER_DENY_CALL(process_vm_readv),
        UTTER_DENY_CALL(process_vm_writev), UTTER_DENY_CALL(kill), UTTER_DENY_CALL(unlinkat), UTTER_DENY_CALL(mkdirat),
        UTTER_DENY_CALL(renameat2), UTTER_DENY_CALL(linkat), UTTER_DENY_CALL(symlinkat), UTTER_DENY_CALL(fchmodat),
        UTTER_DENY_CALL(fchownat), UTTER_DENY_CALL(truncate), UTTER_DENY_CALL(mount), UTTER_DENY_CALL(umount2),
        UTTER_DENY_CALL(unshare), UTTER_DENY_CALL(setns), UTTER_DENY_CALL(bpf), UTTER_DENY_CALL(perf_event_open),
        UTTER_DENY_CALL(keyctl), UTTER_DENY_CALL(add_key), UTTER_DENY_CALL(request_key),
        UTTER_DENY_CALL(io_uring_setup), UTTER_DENY_CALL(userfaultfd), UTTER_DENY_CALL(memfd_create),
        UTTER_DENY_CALL(openat2), UTTER_DENY_CALL(open_by_handle_at),
#ifdef __NR_open
        UTTER_DENY_CALL(creat), UTTER_DENY_CALL(unlink), UTTER_DENY_CALL(rename), UTTER_DENY_CALL(mkdir),
        UTTER_DENY_CALL(link), UTTER_DENY_CALL(symlink), UTTER_DENY_CALL(chmod), UTTER_DENY_CALL(chown),
        // open(path, flags) for anything but reading.
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_open, 0, 4),
        UTTER_LOAD(args[1]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_ACCMODE | O_CREAT | O_TRUNC, 0, 1),
        UTTER_DENY,
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
#endif
        // openat(folder, path, flags)
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, __NR_openat, 0, 3),
        UTTER_LOAD(args[2]),
        BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, O_ACCMODE | O_CREAT | O_TRUNC, 0, 1),
        UTTER_DENY,
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW),
    };
#undef UTTER_DENY_CALL
#undef UTTER_DENY
#undef UTTER_LOAD
    struct sock_fprog program = {sizeof filter / sizeof *filter, filter};
    // For all threads; where a filter of the service forbids that call, for this one and those that it starts.
    if (!syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, SECCOMP_FILTER_FLAG_TSYNC, &program)) return 0;
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) ? errno : 0;
#else
    return ENOSYS;
#endif
}
