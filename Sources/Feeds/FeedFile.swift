import ByteStreams
package import Domain

/// A delivered file of earnings and what is to be known before it is read.
package struct FeedFile: Sendable {
  /// Where it is.
  package var path: String
  /// The name by which it is known: in findings, reports and the archive.
  package var name: String
  /// The name under which it was delivered, which says what it is.
  package var deliveredAs: String
  package var limits: Limits
  /// The layout that it has; nil for a canonical feed.
  package var profile: FeedProfile?
  /// How many bytes are read at a time at most; what is read does not depend on it.
  package var chunkBytes = 1 << 20

  /// - Parameter deliveredAs: Nil where that is the name by which it is known.
  package init(
    path: String, name: String, deliveredAs: String? = nil, limits: Limits,
    profile: FeedProfile? = nil
  ) {
    self.path = path
    self.name = name
    self.deliveredAs = deliveredAs ?? name
    self.limits = limits
    self.profile = profile
  }

  /// How it is compressed; nil where it is not.
  var compression: Compression? { Compression(name: deliveredAs) }

  /// Bytes of its text; nil where it is compressed, or is not there.
  package var byteCount: Int? {
    compression == nil ? FileSystem.entryStatus(path)?.size : nil
  }

  /// The name by which it is known, without what says that it is compressed.
  package var uncompressedName: String {
    guard let compression, name.hasPrefix(deliveredAs) else { return name }
    let plain = deliveredAs.dropLast(compression.rawValue.count)
    return plain + ending(after: plain) + name.dropFirst(deliveredAs.count)
  }

  /// What the name of a zip archive does not say of what is in it.
  private func ending(after plain: Substring) -> String {
    guard compression == .zip else { return "" }
    if isXML { return FeedFile.isXML(plain) ? "" : ".xml" }
    return plain.contains(".") ? "" : ".csv"
  }

  /// Whether the feed is XML, which its name says; of a zip archive, that of the file in it. A
  /// profile describes CSV.
  package var isXML: Bool {
    guard profile == nil else { return false }
    guard let compression else { return FeedFile.isXML(deliveredAs[...]) }
    if compression == .zip {
      // What is wrong with the archive is said when it is read.
      return (try? ByteSource.nameInZip(path)).map { FeedFile.isXML($0[...]) } ?? false
    }
    return FeedFile.isXML(deliveredAs.dropLast(compression.rawValue.count))
  }

  private static func isXML(_ name: Substring) -> Bool {
    name.hasSuffix(".xml") || name.hasSuffix(".XML")
  }
}
