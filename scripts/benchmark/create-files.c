// create-files SIZES DIR: creates the files that SIZES lists, a name, a tab and a size each, in DIR.
// What it costs is what any program pays that leaves as many files of the same size behind.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int main(int count, char **arguments) {
  if (count != 3) return 64;
  FILE *sizes = fopen(arguments[1], "r");
  int directory = open(arguments[2], O_RDONLY | O_DIRECTORY);
  if (!sizes || directory < 0) return 66;
  size_t room = 64 << 20;
  char *bytes = malloc(room), name[4096];
  if (!bytes) return 74;
  memset(bytes, 'x', room);
  size_t size;
  while (fscanf(sizes, "%4095[^\t]\t%zu\n", name, &size) == 2) {
    int file = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL, 0600);
    if (file < 0 || size > room || write(file, bytes, size) != (ssize_t)size) return 74;
    close(file);
  }
  return 0;
}
