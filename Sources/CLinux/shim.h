#include <sys/vfs.h>

// Calls of Linux that the C library declares only under a feature macro.
int renameat2(int old_directory, const char *old_path, int new_directory, const char *new_path,
              unsigned int flags);
int syncfs(int descriptor);
// `actions` is a posix_spawn_file_actions_t, whose header would bring others with it.
int posix_spawn_file_actions_addclosefrom_np(void *actions, int from);

// The number of <linux/magic.h> of the file system that a file is on; -1 if that cannot be told.
static inline long file_system_type(int descriptor) {
  struct statfs status;
  return fstatfs(descriptor, &status) == 0 ? (long)status.f_type : -1;
}

#include <sys/prctl.h>

// Makes the calling process end by SIGKILL (9) when the one that started it does, however that ends. No
// header of signals here: its types would then be this module's in the eyes of others.
static inline int end_with_parent(void) { return prctl(PR_SET_PDEATHSIG, 9); }
