// Builds segments of known earnings and looks ids up in them; `run` beside this file compiles it.
//
//   keys build DIR KNOWN SEGMENTS       writes KNOWN keys into SEGMENTS files of DIR
//   keys lookup DIR NEW HITS            looks NEW ids up, HITS in a hundred of them known
//   keys merge DIR                      writes all segments of DIR into one, which is removed
//
// Each prints one line: what it did, then name=value. Times are CPU seconds, user and system.
import ByteStreams
import Domain
import Glibc
import Ledger

func mix(_ number: UInt64) -> UInt64 {
  var word = number &+ 0x9E37_79B9_7F4A_7C15
  word = (word ^ word >> 30) &* 0xBF58_476D_1CE4_E5B9
  word = (word ^ word >> 27) &* 0x94D0_49BB_1331_11EB
  return word ^ word >> 31
}

/// The id of a key by its segment, partition and number; `keys.c` makes the same ones.
func id(_ segment: UInt64, _ partition: UInt64, _ number: UInt64) -> Hash128 {
  let place = (segment << 8 | partition) << 32 | number
  let high = mix(2 * place) & (1 << 56 - 1) | partition << 56
  return Hash128(high: high, low: mix(2 * place + 1))
}

func key(_ id: Hash128, _ number: UInt64) -> KnownKey {
  KnownKey(
    id: id, content: Hash128(high: mix(id.low), low: mix(id.high)), owner: mix(number & 0xFFFF),
    feed: UInt32(number & 31), row: UInt32(truncatingIfNeeded: number),
    line: UInt32(truncatingIfNeeded: number + 1), day: Day(number: 20_000), kind: .row,
    verdict: .accepted)
}

/// CPU seconds of this process, and bytes it read from files, of the page cache and of the disk.
struct Meter {
  var cpu: Double
  var read: Int
  var disk: Int
  var peakMiB: Int

  init() {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let times = [usage.ru_utime, usage.ru_stime]
    cpu = times.reduce(0) { $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6 }
    peakMiB = usage.ru_maxrss / 1024
    let lines = (try? FileSystem.readFile("/proc/self/io")) ?? []
    let figures = String(decoding: lines, as: UTF8.self).split { " \n".contains($0) }
    read = Int(figures[1]) ?? 0
    disk = Int(figures[9]) ?? 0
  }
}

func seconds(_ from: Meter, _ to: Meter) -> String {
  let thousandths = Int(((to.cpu - from.cpu) * 1000).rounded())
  let rest = String(thousandths % 1000)
  return "\(thousandths / 1000)." + String(repeating: "0", count: 3 - rest.count) + rest
}

func build(_ directory: String, known: Int, segments: Int) throws {
  try FileSystem.createDirectory(directory)
  let start = Meter()
  var bytes = 0
  var count = 0
  for segment in 0..<segments {
    let summary = try KeySegmentWriter.write(
      directory: directory, name: "\(segment)", synced: false
    ) { partition in
      (0..<known / segments / KnownKey.partitions).map { number in
        key(id(UInt64(segment), UInt64(partition), UInt64(number)), UInt64(number))
      }
    }
    bytes += summary.bytes
    count += summary.count
  }
  let end = Meter()
  print("build keys=\(count) bytes=\(bytes) cpu=\(seconds(start, end)) MiB=\(end.peakMiB)")
}

func open(_ directory: String) throws -> KeyIndex {
  let names = try FileSystem.listDirectory(directory).filter { $0 != "merged" }
  return KeyIndex(try names.map { try KeySegment(directory + "/" + $0) })
}

func wanted(_ index: KeyIndex, _ count: Int, hits: Int) -> [Hash128] {
  let segments = UInt64(index.segments.count)
  let perPartition = UInt64(index.segments[0].count / KnownKey.partitions)
  return (0..<UInt64(count)).map { number in
    let chance = mix(number &+ 1 << 40)
    guard Int(chance % 100) < hits else { return id(0xFFFF, mix(number) & 255, number) }
    return id((chance >> 8) % segments, mix(number) & 255, (chance >> 24) % perPartition)
  }
}

func lookup(_ directory: String, new: Int, hits: Int) throws {
  let opening = Meter()
  let index = try open(directory)
  let opened = Meter()
  let ids = wanted(index, new, hits: hits)
  let start = Meter()
  var parts = [[Hash128]](repeating: [], count: KnownKey.partitions)
  for id in ids { parts[KnownKey.partition(of: id)].append(id) }
  for partition in parts.indices { parts[partition].sort() }
  let sorted = Meter()
  var found = 0
  for (partition, ids) in parts.enumerated() {
    found += try index.matches(partition: partition, ids: ids).count
  }
  let end = Meter()
  print(
    "lookup known=\(index.count) segments=\(index.segments.count) new=\(new) found=\(found)",
    "open=\(seconds(opening, opened)) sort=\(seconds(start, sorted)) cpu=\(seconds(sorted, end))",
    "read=\(end.read - sorted.read) disk=\(end.disk - sorted.disk) MiB=\(end.peakMiB)")
}

func merge(_ directory: String) throws {
  let index = try open(directory)
  let start = Meter()
  let summary = try index.merge(directory: directory, name: "merged", synced: false)
  let end = Meter()
  try FileSystem.removeFile(directory + "/merged")
  print(
    "merge segments=\(index.segments.count) keys=\(summary.count) bytes=\(summary.bytes)",
    "cpu=\(seconds(start, end)) MiB=\(end.peakMiB)")
}

let arguments = CommandLine.arguments
let numbers = arguments.dropFirst(3).compactMap { Int($0) }
switch (arguments.dropFirst().first, numbers.count) {
case ("build", 2): try build(arguments[2], known: numbers[0], segments: numbers[1])
case ("lookup", 2): try lookup(arguments[2], new: numbers[0], hits: numbers[1])
case ("merge", 0) where arguments.count == 3: try merge(arguments[2])
default:
  print("usage: keys build DIR KNOWN SEGMENTS | lookup DIR NEW HITS | merge DIR")
  exit(64)
}
