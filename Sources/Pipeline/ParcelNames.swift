import ByteStreams
import Domain
import Statements

/// The names that the files of an archive get where it is unpacked.
///
/// A label is made of a file's last path component alone: letters, digits, `-`, `_` and `.` of
/// ASCII, `_` for any other character. Where several files would have the same one, capitals or
/// not, the second has `2~` before it, the third `3~`. In the inbox the archive's own name and the
/// beginning of its digest stand before the label. So a name depends on the bytes and the name of
/// the archive and on nothing else, and no two archives share one.
struct ParcelNames {
  /// As many of the last bytes of a file's name, and of the first of the archive's, are kept: all
  /// of a name together is shorter than ``WorkspacePaths/nameBytesMax``.
  private static let bytesMax = (member: 140, archive: 70)

  /// In the order of the files.
  private(set) var labels: [String] = []

  /// Why an archive is refused, as a clause.
  struct Fault: Error, Hashable {
    let message: String
    init(_ message: String) { self.message = message }
  }

  /// - Parameter names: Of all files in an archive, with their directories, and without.
  /// - Throws: ``Fault``.
  init(_ names: [(full: String, last: String)]) throws(Fault) {
    var feeds: [String: String] = [:]
    var counts: [String: Int] = [:]
    var seen: Set<String> = []
    for (full, last) in names {
      // Tools show one of them, and not always the same one.
      guard seen.insert(full).inserted else {
        throw Fault("it holds two files of the name \(SafeText.shown(full))")
      }
      guard !ParcelNames.isControl(full) else { continue }
      try ParcelNames.requireFeed(last)
      let plain = String(StatementNames.plain(last).suffix(ParcelNames.bytesMax.member))
      let count = counts[plain.lowercased(), default: 0] + 1
      counts[plain.lowercased()] = count
      feeds[full] = count == 1 ? plain : "\(count)~\(plain)"
    }
    for (full, _) in names {
      guard let label = feeds[full] ?? ParcelNames.control(full, feeds) else {
        throw Fault(
          "it holds the control file \(SafeText.shown(full)), and not the feed that it belongs to")
      }
      labels.append(label)
    }
  }

  static func isControl(_ name: String) -> Bool { name.hasSuffix(WorkspacePaths.sidecarEnding) }

  private static func requireFeed(_ last: String) throws(Fault) {
    guard WorkspacePaths.isFeed(last) else {
      throw Fault("it holds \(SafeText.shown(last)), which is no name of a feed")
    }
    guard Compression(name: last) != .zip else {
      throw Fault("it holds another archive, \(SafeText.shown(last))")
    }
  }

  private static func control(_ full: String, _ feeds: [String: String]) -> String? {
    let feed = String(full.dropLast(WorkspacePaths.sidecarEnding.count))
    return feeds[feed].map(WorkspacePaths.sidecar)
  }

  /// What the name of each file in the inbox begins with.
  static func prefix(archive name: String, digest: SHA256Digest) -> String {
    let stem = StatementNames.plain(String(name.dropLast(Compression.zip.rawValue.count)))
    return stem.prefix(bytesMax.archive) + "~" + digest.hex.prefix(8) + "~"
  }
}
