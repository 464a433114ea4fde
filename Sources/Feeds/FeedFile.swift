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

  /// The name by which it is known, without what says that it is compressed.
  package var uncompressedName: String {
    guard deliveredAs.hasSuffix(".gz"), name.hasPrefix(deliveredAs) else { return name }
    return String(deliveredAs.dropLast(3) + name.dropFirst(deliveredAs.count))
  }

  /// Whether the feed is XML, which its name says; a profile describes CSV.
  package var isXML: Bool {
    guard profile == nil else { return false }
    let name = deliveredAs.hasSuffix(".gz") ? String(deliveredAs.dropLast(3)) : deliveredAs
    return name.hasSuffix(".xml") || name.hasSuffix(".XML")
  }
}
