// Calls of Linux that the C library declares only under a feature macro.
int renameat2(int old_directory, const char *old_path, int new_directory, const char *new_path,
              unsigned int flags);
int syncfs(int descriptor);
