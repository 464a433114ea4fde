import Glibc

/// An encoding that the C library converts: its name, and how many bytes a character takes in it.
///
/// Encodings whose bytes depend on what came before (ISO-2022, UTF-7, HZ) are not taken: a place
/// in them could not be told from the text alone. Nor are windows-1255 and windows-1258, in which several
/// bytes may be one character or several.
package struct TextEncoding: Hashable, Sendable {
  /// Names that are taken, in capitals, and what `iconv` calls them.
  private static let known: [String: String] = {
    var names = [
      "UTF-8": "UTF-8", "UTF-16": "UTF-16", "UTF-16LE": "UTF-16LE", "UTF-16BE": "UTF-16BE",
      "CP949": "CP949", "UHC": "CP949", "EUC-KR": "EUC-KR", "SHIFT_JIS": "SHIFT_JIS",
      "CP932": "CP932", "WINDOWS-31J": "CP932", "EUC-JP": "EUC-JP", "GBK": "GBK",
      "CP936": "GBK", "GB18030": "GB18030", "BIG5": "BIG5", "CP950": "CP950",
      "US-ASCII": "US-ASCII", "MACINTOSH": "MACINTOSH", "KOI8-R": "KOI8-R",
    ]
    for number in 1250...1257 where number != 1255 { names["WINDOWS-\(number)"] = "CP\(number)" }
    for number in [437, 850, 852, 866] { names["CP\(number)"] = "CP\(number)" }
    for number in 1...16 where number != 12 { names["ISO-8859-\(number)"] = "ISO-8859-\(number)" }
    return names
  }()

  /// The name by which `iconv` knows it.
  package let name: String

  /// - Returns: Nil for an encoding that is not read.
  package init?(_ name: String) {
    guard let known = TextEncoding.known[name.uppercased()] else { return nil }
    self.name = known
  }

  private init(known name: String) {
    self.name = name
  }

  package static let utf8 = TextEncoding(known: "UTF-8")

  /// The names that are taken, sorted.
  package static var names: [String] { known.keys.sorted() }

  package var isUTF8: Bool { name == "UTF-8" }

  /// What the first bytes say of an encoding that leaves its byte order open.
  ///
  /// - Parameter bytes: At least the first four of the text, or all of it.
  /// - Returns: The encoding with its byte order, and the length of the byte order mark; nil for
  ///   UTF-16 whose first character tells nothing.
  package func settled(by bytes: some Collection<UInt8>) -> (encoding: TextEncoding, mark: Int)? {
    let first = Array(bytes.prefix(2))
    switch name {
    case "UTF-8": return (self, bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0)
    case "UTF-16LE": return (self, first == [0xFF, 0xFE] ? 2 : 0)
    case "UTF-16BE": return (self, first == [0xFE, 0xFF] ? 2 : 0)
    case "UTF-16":
      if first == [0xFF, 0xFE] { return (TextEncoding(known: "UTF-16LE"), 2) }
      if first == [0xFE, 0xFF] { return (TextEncoding(known: "UTF-16BE"), 2) }
      // A header begins with an ASCII character, one of whose two bytes is zero.
      guard first.count == 2, (first[0] == 0) != (first[1] == 0) else { return nil }
      return (TextEncoding(known: first[0] == 0 ? "UTF-16BE" : "UTF-16LE"), 0)
    default: return (self, 0)
    }
  }
}
