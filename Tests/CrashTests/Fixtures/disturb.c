// Stands before the C library in a process (LD_PRELOAD), counts its calls that change files, and
// disturbs it at one of them, as environment variables say:
//
//   DISTURB_LOG    a file that gets a line per call: its number, its name, how it is disturbed
//   DISTURB_AT     the number of the call that is disturbed; calls count from 1
//   DISTURB_HOW    before   the process is killed instead of the call
//                  after    the process is killed when the call was made
//                  half     a write writes half of its bytes, then the process is killed
//                  signal N the process is sent signal N, then the call is made
//                  error N  the call fails with error number N
//                  onward N that call and all later ones fail with error number N; of those
//                           that remove something only that call, where N is ENOSPC
//                  short    every write from that call on writes half of its bytes
//   DISTURB_SERVE  the process stops before its first call and forks from there for each line that
//                  it reads from standard input: log, file for standard error, AT and HOW, with
//                  tabs between them; to standard output goes what waitpid(2) says of each child
//   DISTURB_NOSYNC nothing is synced to the disk, which takes most of the time of a small run
//
// What Swift takes for random is the same in each process, so that a new ledger has the same secret.
// Calls are made with syscall(2), so that none of them passes through here twice.

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#define EXPORT __attribute__((visibility("default")))

enum how { NOTHING, BEFORE, AFTER, HALF, SIGNAL, ERROR, ONWARD, SHORT };

static const char *const names[] = {"", "before", "after", "half", "signal", "error", "onward",
                                    "short"};
static enum how how = NOTHING;
static int number_of_how = 0;
static long at = 0;
static int log_descriptor = -1;
static int syncs = 1;
static int serves = 0;
static atomic_long calls = 0;

static void set_up(const char *log, const char *place, const char *what) {
  if (log != NULL) {
    int opened = (int)syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    // Out of the way of the program's own descriptors.
    log_descriptor = fcntl(opened, F_DUPFD_CLOEXEC, 200);
    syscall(SYS_close, opened);
  }
  if (place == NULL || what == NULL) return;
  at = atol(place);
  for (int i = BEFORE; i <= SHORT; i++) {
    size_t length = strlen(names[i]);
    if (strncmp(what, names[i], length) != 0) continue;
    how = (enum how)i;
    number_of_how = atoi(what + length);
  }
}

__attribute__((constructor)) static void begin(void) {
  syncs = getenv("DISTURB_NOSYNC") == NULL;
  serves = getenv("DISTURB_SERVE") != NULL;
  set_up(getenv("DISTURB_LOG"), getenv("DISTURB_AT"), getenv("DISTURB_HOW"));
}

// MARK: Serving

static int replace_descriptor(int descriptor, const char *path) {
  int opened = (int)syscall(SYS_openat, AT_FDCWD, path, O_RDWR | O_CREAT, 0600);
  return dup2(opened, descriptor) < 0 ? -1 : (int)syscall(SYS_close, opened);
}

static int read_line(char *line, size_t size) {
  for (size_t i = 0; i + 1 < size; i++) {
    if (read(0, line + i, 1) != 1) return 0;
    if (line[i] != '\n') continue;
    line[i] = 0;
    return 1;
  }
  return 0;
}

// Returns in each child, which goes on as the program.
static void serve(void) {
  static char line[4096];
  serves = 0;
  while (read_line(line, sizeof line)) {
    pid_t child = fork();
    if (child == 0) {
      char *rest = line;
      const char *log = strsep(&rest, "\t");
      const char *talk = strsep(&rest, "\t");
      const char *place = strsep(&rest, "\t");
      set_up(log, place, rest);
      replace_descriptor(0, "/dev/null");
      replace_descriptor(1, "/dev/null");
      replace_descriptor(2, talk);
      return;
    }
    int status = 0;
    char text[16];
    if (child < 0 || waitpid(child, &status, 0) != child) break;
    int length = snprintf(text, sizeof text, "%d\n", status);
    syscall(SYS_write, 1, text, (size_t)length);
  }
  syscall(SYS_exit_group, 0);
}

// MARK: Disturbing

static void end(void) {
  syscall(SYS_kill, getpid(), SIGKILL);
  for (;;) pause();
}

static void note(long number, const char *name, const char *detail, enum how done) {
  if (log_descriptor < 0) return;
  char line[512];
  int length = snprintf(line, sizeof line, "%ld %s %s %.400s\n", number, name,
                        done == NOTHING ? "-" : names[done], detail);
  if (length >= (int)sizeof line) length = (int)sizeof line - 1;
  syscall(SYS_write, log_descriptor, line, (size_t)length);
}

// Counts a call and does what is due before it.
static enum how meet(const char *name, const char *detail) {
  int saved = errno;
  if (serves) serve();
  long number = atomic_fetch_add(&calls, 1) + 1;
  int due = number == at || (number > at && (how == ONWARD || how == SHORT));
  // Removing takes no space.
  if (how == ONWARD && number_of_how == ENOSPC && strcmp(name, "unlink") == 0) due = number == at;
  enum how done = at > 0 && due ? how : NOTHING;
  note(number, name, detail, done);
  if (done == BEFORE) end();
  if (done == SIGNAL) syscall(SYS_kill, getpid(), number_of_how);
  errno = done == ERROR || done == ONWARD ? number_of_how : saved;
  return done;
}

static int fails(enum how done) { return done == ERROR || done == ONWARD; }

static long leave(enum how done, long result) {
  if (done == AFTER || done == HALF) end();
  return result;
}

static const char *number_text(char *text, int number) {
  snprintf(text, 16, "%d", number);
  return text;
}

// The number of bytes that a write is let to write.
static size_t portion(enum how done, size_t count) {
  return (done == HALF || done == SHORT) && count > 1 ? count / 2 : count;
}

#define DISTURBED(name, detail, call)                       \
  do {                                                      \
    enum how done = meet(name, detail);                     \
    if (fails(done)) return -1;                             \
    return (__typeof__(call))leave(done, (long)(call));     \
  } while (0)

#define DISTURBED_DESCRIPTOR(name, descriptor, call)        \
  do {                                                      \
    char text[16];                                          \
    DISTURBED(name, number_text(text, descriptor), call);   \
  } while (0)

// MARK: Chance

// Swift asks the system for random bytes in this way.
EXPORT long syscall(long number, ...) {
  static long (*next)(long, ...) = NULL;
  if (next == NULL) next = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
  long word[6];
  va_list arguments;
  va_start(arguments, number);
  for (int i = 0; i < 6; i++) word[i] = va_arg(arguments, long);
  va_end(arguments);
  if (number != SYS_getrandom)
    return next(number, word[0], word[1], word[2], word[3], word[4], word[5]);
  static atomic_ulong drawn = 0;
  unsigned char *bytes = (unsigned char *)word[0];
  for (long i = 0; i < word[1]; i++)
    bytes[i] = (unsigned char)(atomic_fetch_add(&drawn, 1) * 0x9E3779B97F4A7C15u >> 56);
  return word[1];
}

// MARK: Opening

static int open_any(const char *name, int directory, const char *path, int flags, mode_t mode) {
  // O_TMPFILE makes a file, too, though one without a name.
  if ((flags & (O_CREAT | O_TRUNC)) == 0 && (flags & O_TMPFILE) != O_TMPFILE)
    return (int)syscall(SYS_openat, directory, path, flags, mode);
  DISTURBED(name, path, (int)syscall(SYS_openat, directory, path, flags, mode));
}

static mode_t mode_of(int flags, va_list arguments) {
  int has_mode = (flags & O_CREAT) != 0 || (flags & O_TMPFILE) == O_TMPFILE;
  return has_mode ? (mode_t)va_arg(arguments, int) : 0;
}

#define OPEN(function)                                               \
  EXPORT int function(const char *path, int flags, ...) {            \
    va_list arguments;                                               \
    va_start(arguments, flags);                                      \
    mode_t mode = mode_of(flags, arguments);                         \
    va_end(arguments);                                               \
    return open_any("openat", AT_FDCWD, path, flags, mode);          \
  }

#define OPENAT(function)                                             \
  EXPORT int function(int directory, const char *path, int flags, ...) { \
    va_list arguments;                                               \
    va_start(arguments, flags);                                      \
    mode_t mode = mode_of(flags, arguments);                         \
    va_end(arguments);                                               \
    return open_any("openat", directory, path, flags, mode);         \
  }

OPEN(open)
OPEN(open64)
OPENAT(openat)
OPENAT(openat64)

EXPORT int creat(const char *path, mode_t mode) {
  return open_any("openat", AT_FDCWD, path, O_CREAT | O_WRONLY | O_TRUNC, mode);
}

// MARK: Writing

EXPORT ssize_t write(int descriptor, const void *bytes, size_t count) {
  char text[16];
  enum how done = meet("write", number_text(text, descriptor));
  if (fails(done)) return -1;
  return leave(done, syscall(SYS_write, descriptor, bytes, portion(done, count)));
}

static ssize_t pwrite_any(int descriptor, const void *bytes, size_t count, off_t offset) {
  char text[16];
  enum how done = meet("pwrite64", number_text(text, descriptor));
  if (fails(done)) return -1;
  return leave(done, syscall(SYS_pwrite64, descriptor, bytes, portion(done, count), offset));
}

EXPORT ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  return pwrite_any(descriptor, bytes, count, offset);
}

EXPORT ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
  return pwrite_any(descriptor, bytes, count, offset);
}

EXPORT ssize_t writev(int descriptor, const struct iovec *parts, int count) {
  DISTURBED_DESCRIPTOR("writev", descriptor, syscall(SYS_writev, descriptor, parts, count));
}

EXPORT int ftruncate(int descriptor, off_t length) {
  DISTURBED_DESCRIPTOR("ftruncate", descriptor, (int)syscall(SYS_ftruncate, descriptor, length));
}

EXPORT int ftruncate64(int descriptor, off64_t length) {
  DISTURBED_DESCRIPTOR("ftruncate", descriptor, (int)syscall(SYS_ftruncate, descriptor, length));
}

EXPORT int fallocate(int descriptor, int mode, off_t offset, off_t length) {
  DISTURBED_DESCRIPTOR(
      "fallocate", descriptor, (int)syscall(SYS_fallocate, descriptor, mode, offset, length));
}

EXPORT int fallocate64(int descriptor, int mode, off64_t offset, off64_t length) {
  DISTURBED_DESCRIPTOR(
      "fallocate", descriptor, (int)syscall(SYS_fallocate, descriptor, mode, offset, length));
}

// These two say what failed by what they return.
static int posix_fallocate_any(int descriptor, off_t offset, off_t length) {
  char text[16];
  enum how done = meet("fallocate", number_text(text, descriptor));
  if (fails(done)) return number_of_how;
  long result = syscall(SYS_fallocate, descriptor, 0, offset, length);
  return (int)leave(done, result == 0 ? 0 : errno);
}

EXPORT int posix_fallocate(int descriptor, off_t offset, off_t length) {
  return posix_fallocate_any(descriptor, offset, length);
}

EXPORT int posix_fallocate64(int descriptor, off64_t offset, off64_t length) {
  return posix_fallocate_any(descriptor, offset, length);
}

// MARK: Syncing

static int sync_any(const char *name, long call, int descriptor) {
  DISTURBED_DESCRIPTOR(name, descriptor, syncs ? (int)syscall(call, descriptor) : 0);
}

EXPORT int fsync(int descriptor) { return sync_any("fsync", SYS_fsync, descriptor); }
EXPORT int fdatasync(int descriptor) { return sync_any("fdatasync", SYS_fdatasync, descriptor); }
EXPORT int syncfs(int descriptor) { return sync_any("syncfs", SYS_syncfs, descriptor); }

// MARK: Names

static int rename_any(int from_directory, const char *from, int to_directory, const char *to,
                      unsigned int flags) {
  DISTURBED("rename", to,
            (int)syscall(SYS_renameat2, from_directory, from, to_directory, to, flags));
}

EXPORT int rename(const char *from, const char *to) {
  return rename_any(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORT int renameat(int from_directory, const char *from, int to_directory, const char *to) {
  return rename_any(from_directory, from, to_directory, to, 0);
}

EXPORT int renameat2(int from_directory, const char *from, int to_directory, const char *to,
                     unsigned int flags) {
  return rename_any(from_directory, from, to_directory, to, flags);
}

static int link_any(int from_directory, const char *from, int to_directory, const char *to,
                    int flags) {
  DISTURBED("link", to, (int)syscall(SYS_linkat, from_directory, from, to_directory, to, flags));
}

EXPORT int link(const char *from, const char *to) {
  return link_any(AT_FDCWD, from, AT_FDCWD, to, 0);
}

EXPORT int linkat(int from_directory, const char *from, int to_directory, const char *to,
                  int flags) {
  return link_any(from_directory, from, to_directory, to, flags);
}

static int unlink_any(int directory, const char *path, int flags) {
  DISTURBED("unlink", path, (int)syscall(SYS_unlinkat, directory, path, flags));
}

EXPORT int unlink(const char *path) { return unlink_any(AT_FDCWD, path, 0); }
EXPORT int rmdir(const char *path) { return unlink_any(AT_FDCWD, path, AT_REMOVEDIR); }

EXPORT int unlinkat(int directory, const char *path, int flags) {
  return unlink_any(directory, path, flags);
}

EXPORT int remove(const char *path) {
  int result = unlink_any(AT_FDCWD, path, 0);
  return result != 0 && errno == EISDIR ? rmdir(path) : result;
}

static int mkdir_any(int directory, const char *path, mode_t mode) {
  DISTURBED("mkdir", path, (int)syscall(SYS_mkdirat, directory, path, mode));
}

EXPORT int mkdir(const char *path, mode_t mode) { return mkdir_any(AT_FDCWD, path, mode); }

EXPORT int mkdirat(int directory, const char *path, mode_t mode) {
  return mkdir_any(directory, path, mode);
}

// MARK: Permissions

static int chmod_any(int directory, const char *path, mode_t mode) {
  DISTURBED("chmod", path, (int)syscall(SYS_fchmodat, directory, path, mode));
}

EXPORT int chmod(const char *path, mode_t mode) { return chmod_any(AT_FDCWD, path, mode); }

EXPORT int fchmodat(int directory, const char *path, mode_t mode, int flags) {
  (void)flags;
  return chmod_any(directory, path, mode);
}

EXPORT int fchmod(int descriptor, mode_t mode) {
  DISTURBED_DESCRIPTOR("chmod", descriptor, (int)syscall(SYS_fchmod, descriptor, mode));
}

EXPORT int fchown(int descriptor, uid_t owner, gid_t group) {
  DISTURBED_DESCRIPTOR(
      "chown", descriptor, (int)syscall(SYS_fchown, descriptor, owner, group));
}
