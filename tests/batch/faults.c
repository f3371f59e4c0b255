/* Makes one call of a program fail, or kills the program in it: preloaded by tests/batch/faults.rs.
 *
 * DATELINE_FAULT        "KIND NUMBER": what happens at the call of that number, counted from 1 over all threads
 * DATELINE_FAULT_FOLDER only calls on files below this folder count
 * DATELINE_FAULT_LOG    file to which the name of each counted call is added
 *
 * Kinds: "count" nothing; "kill" the process ends in the call, which has written half of its bytes;
 * "full" from this call on nothing can be added to the disk; "broken" this call fails with EIO;
 * "unread" reads are counted instead, and this one fails with EIO.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

enum { NONE, KILL, FULL, BROKEN };

static atomic_long calls;

static int is_kind(const char *kind, long *number) {
    const char *fault = getenv("DATELINE_FAULT");
    size_t length = strlen(kind);
    if (!fault || strncmp(fault, kind, length) || fault[length] != ' ') return 0;
    *number = atol(fault + length + 1);
    return 1;
}

static int is_below(const char *path) {
    const char *folder = getenv("DATELINE_FAULT_FOLDER");
    char whole[PATH_MAX * 2];
    if (!folder || !path) return 0;
    if (path[0] != '/') {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return 0;
        snprintf(whole, sizeof whole, "%s/%s", here, path);
        path = whole;
    }
    return !strncmp(path, folder, strlen(folder));
}

static int is_file_below(int file) {
    char link[64], path[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return is_below(path);
}

static void note(const char *name) {
    const char *log = getenv("DATELINE_FAULT_LOG");
    char line[64];
    if (!log) return;
    long file = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0666);
    int length = snprintf(line, sizeof line, "%s\n", name);
    syscall(SYS_write, file, line, length);
    syscall(SYS_close, file);
}

/* What is to happen in a call that counts; `adds`: it needs room on the disk. */
static int fault(const char *name, int adds) {
    long number, wanted;
    if (is_kind("unread", &wanted)) return NONE;
    number = atomic_fetch_add(&calls, 1) + 1;
    note(name);
    if (is_kind("kill", &wanted) && number == wanted) return KILL;
    if (is_kind("full", &wanted) && number >= wanted && adds) return FULL;
    if (is_kind("broken", &wanted) && number == wanted) return BROKEN;
    return NONE;
}

/* Carries out a fault of a call that writes no bytes; whether there was one. */
static int failed(const char *name, int adds) {
    switch (fault(name, adds)) {
    case KILL: kill(getpid(), SIGKILL); pause(); return 1;
    case FULL: errno = ENOSPC; return 1;
    case BROKEN: errno = EIO; return 1;
    default: return 0;
    }
}

ssize_t write(int file, const void *bytes, size_t length) {
    if (is_file_below(file)) {
        int what = fault("write", 1);
        if (what == KILL) {
            NEXT(write)(file, bytes, length / 2);
            kill(getpid(), SIGKILL);
            pause();
        }
        if (what == FULL) {
            /* The first half still has room. */
            if (length > 1 && lseek(file, 0, SEEK_CUR) == 0) return NEXT(write)(file, bytes, length / 2);
            errno = ENOSPC;
            return -1;
        }
        if (what == BROKEN) {
            errno = EIO;
            return -1;
        }
    }
    return NEXT(write)(file, bytes, length);
}

ssize_t read(int file, void *bytes, size_t length) {
    long wanted;
    if (is_kind("unread", &wanted) && is_file_below(file)) {
        note("read");
        if (atomic_fetch_add(&calls, 1) + 1 == wanted) {
            errno = EIO;
            return -1;
        }
    }
    return NEXT(read)(file, bytes, length);
}

#define OPEN(name)                                                                                  \
    int name(const char *path, int flags, ...) {                                                    \
        va_list rest;                                                                               \
        va_start(rest, flags);                                                                      \
        mode_t mode = flags & O_CREAT ? va_arg(rest, mode_t) : 0;                                   \
        va_end(rest);                                                                               \
        if (flags & O_CREAT && is_below(path) && failed("create", 1)) return -1;                    \
        return NEXT(name)(path, flags, mode);                                                       \
    }
OPEN(open)
OPEN(open64)

int rename(const char *from, const char *to) {
    if (is_below(to) && failed("rename", 0)) return -1;
    return NEXT(rename)(from, to);
}

int fsync(int file) {
    if (is_file_below(file) && failed("sync", 0)) return -1;
    return NEXT(fsync)(file);
}

int syncfs(int file) {
    if (is_file_below(file) && failed("sync", 0)) return -1;
    return NEXT(syncfs)(file);
}

int unlink(const char *path) {
    if (is_below(path) && failed("remove", 0)) return -1;
    return NEXT(unlink)(path);
}

int rmdir(const char *path) {
    if (is_below(path) && failed("remove", 0)) return -1;
    return NEXT(rmdir)(path);
}

int mkdir(const char *path, mode_t mode) {
    if (is_below(path) && failed("folder", 1)) return -1;
    return NEXT(mkdir)(path, mode);
}

int ftruncate64(int file, off64_t length) {
    if (is_file_below(file) && failed("truncate", 0)) return -1;
    return NEXT(ftruncate64)(file, length);
}
