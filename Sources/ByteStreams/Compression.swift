/// How a file is compressed, which its name says.
package enum Compression: String, CaseIterable, Sendable {
  case gzip = ".gz"
  case zstd = ".zst"
  /// An archive with one file in it; one with several is no feed, see ``ZipArchive``.
  case zip = ".zip"

  /// What the name of a file says of it, in capitals or not; nil where it says nothing.
  package init?(name: String) {
    let found = Compression.allCases.first { compression in
      let ending = name.utf8.suffix(compression.rawValue.utf8.count)
      return ending.elementsEqual(compression.rawValue.utf8) { $0 | 0x20 == $1 | 0x20 }
    }
    guard let found else { return nil }
    self = found
  }
}
