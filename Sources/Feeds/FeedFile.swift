package import Domain

/// A delivered file of earnings and what is to be known before it is read.
package struct FeedFile: Sendable {
  /// Where it is.
  package var path: String
  /// The name by which it is known: in findings, reports and the archive.
  package var name: String
  package var limits: Limits

  package init(path: String, name: String, limits: Limits) {
    self.path = path
    self.name = name
    self.limits = limits
  }

  /// The name without what says that it is compressed.
  package var uncompressedName: String {
    name.hasSuffix(".gz") ? String(name.dropLast(3)) : name
  }

  /// Whether the feed is XML, which its name says.
  package var isXML: Bool {
    let name = uncompressedName
    return name.hasSuffix(".xml") || name.hasSuffix(".XML")
  }
}
