// The counterpart of main.swift: the same ids in one SQLite table WITHOUT ROWID.
//
//   keys-sqlite build FILE KNOWN
//   keys-sqlite lookup FILE NEW HITS sorted|arriving
//
// What speaks for SQLite is done: keys are inserted in their order, so that pages are full; the
// file is mapped; one statement is prepared once and nothing is locked twice.
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

typedef struct {
  unsigned char bytes[16];
} Id;

static uint64_t mix(uint64_t word) {
  word += 0x9E3779B97F4A7C15u;
  word = (word ^ word >> 30) * 0xBF58476D1CE4E5B9u;
  word = (word ^ word >> 27) * 0x94D049BB133111EBu;
  return word ^ word >> 31;
}

// Big-endian, so that SQLite orders ids as they are ordered as numbers.
static Id make(uint64_t segment, uint64_t partition, uint64_t number) {
  uint64_t place = (segment << 8 | partition) << 32 | number;
  uint64_t words[2] = {mix(2 * place), mix(2 * place + 1)};
  words[0] = (words[0] & (((uint64_t)1 << 56) - 1)) | partition << 56;
  Id id;
  for (int at = 0; at < 16; at++) id.bytes[at] = words[at / 8] >> (56 - 8 * (at % 8));
  return id;
}

static int order(const void *left, const void *right) { return memcmp(left, right, sizeof(Id)); }

static double cpu(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static long peak(void) {
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

static void check(sqlite3 *database, int code) {
  if (code == SQLITE_OK || code == SQLITE_ROW || code == SQLITE_DONE) return;
  fprintf(stderr, "keys-sqlite: %s\n", sqlite3_errmsg(database));
  exit(70);
}

static void run(sqlite3 *database, const char *text) {
  check(database, sqlite3_exec(database, text, 0, 0, 0));
}

static void build(sqlite3 *database, size_t known) {
  double start = cpu();
  size_t each = known / 256;
  Id *ids = malloc(each * sizeof(Id));
  sqlite3_stmt *insert;
  run(database, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF;"
                "CREATE TABLE known (id BLOB PRIMARY KEY, details BLOB NOT NULL) WITHOUT ROWID;"
                "BEGIN");
  check(database,
        sqlite3_prepare_v2(database, "INSERT INTO known VALUES (?, ?)", -1, &insert, 0));
  for (size_t partition = 0; partition < 256; partition++) {
    for (size_t number = 0; number < each; number++) ids[number] = make(0, partition, number);
    qsort(ids, each, sizeof(Id), order);
    for (size_t number = 0; number < each; number++) {
      unsigned char details[40];
      for (int at = 0; at < 40; at++) details[at] = ids[number].bytes[at % 16] ^ (at + number);
      sqlite3_bind_blob(insert, 1, &ids[number], 16, SQLITE_STATIC);
      sqlite3_bind_blob(insert, 2, details, 40, SQLITE_STATIC);
      check(database, sqlite3_step(insert));
      sqlite3_reset(insert);
    }
  }
  sqlite3_finalize(insert);
  run(database, "COMMIT");
  printf("build keys=%zu cpu=%.3f MiB=%ld\n", each * 256, cpu() - start, peak());
}

static void lookup(sqlite3 *database, size_t known, size_t new, int hits, int sorted) {
  Id *ids = malloc(new * sizeof(Id));
  for (size_t number = 0; number < new; number++) {
    uint64_t chance = mix(number + ((uint64_t)1 << 40));
    int hit = (int)(chance % 100) < hits;
    ids[number] = hit ? make(0, mix(number) & 255, (chance >> 24) % (known / 256))
                      : make(0xFFFF, mix(number) & 255, number);
  }
  sqlite3_stmt *find;
  run(database, "PRAGMA mmap_size = 17179869184; PRAGMA cache_size = -262144; BEGIN");
  check(database, sqlite3_prepare_v2(database, "SELECT details FROM known WHERE id = ?", -1,
                                     &find, 0));
  double start = cpu();
  if (sorted) qsort(ids, new, sizeof(Id), order);
  double ready = cpu();
  size_t found = 0;
  for (size_t number = 0; number < new; number++) {
    sqlite3_bind_blob(find, 1, &ids[number], 16, SQLITE_STATIC);
    int code = sqlite3_step(find);
    check(database, code);
    if (code == SQLITE_ROW && sqlite3_column_bytes(find, 0) == 40) found++;
    sqlite3_reset(find);
  }
  printf("lookup known=%zu new=%zu found=%zu sort=%.3f cpu=%.3f MiB=%ld\n", known, new, found,
         ready - start, cpu() - ready, peak());
}

int main(int count, char **arguments) {
  sqlite3 *database;
  if (count < 4) return 64;
  check(0, sqlite3_open(arguments[2], &database));
  if (strcmp(arguments[1], "build") == 0) {
    build(database, strtoull(arguments[3], 0, 10));
  } else if (count == 6) {
    sqlite3_stmt *size;
    check(database, sqlite3_prepare_v2(database, "SELECT count(*) FROM known", -1, &size, 0));
    sqlite3_step(size);
    size_t known = sqlite3_column_int64(size, 0);
    sqlite3_finalize(size);
    lookup(database, known, strtoull(arguments[3], 0, 10), atoi(arguments[4]),
           strcmp(arguments[5], "sorted") == 0);
  } else {
    return 64;
  }
  return 0;
}
