/// A message of ISO 20022 that banks send, as its namespace names it.
struct BankMessage: Hashable {
  enum Kind: String {
    /// The entries of a day.
    case statement = "camt.053"
    /// Entries one by one, before the statement of the day.
    case notification = "camt.054"
    /// What became of orders.
    case statusReport = "pain.002"
  }

  let kind: Kind
  /// `camt.053.001.08`.
  let name: String
  let namespace: String

  /// What can be read, by message.
  private static let versions: [Kind: Set<String>] = [
    .statement: ["001.02", "001.04", "001.08"], .notification: ["001.02", "001.04", "001.08"],
    .statusReport: ["001.03", "001.10", "001.11"],
  ]
  private static let standard = "urn:iso:std:iso:20022:tech:xsd:"
  /// Banks in Switzerland had a form of their own.
  private static let swiss = "http://www.six-interbank-clearing.com/de/"

  /// What a namespace is.
  enum Reading: Equatable {
    case message(BankMessage)
    /// A message that is read, in a version that is not.
    case otherVersion(String)
    case otherMessage(String)
  }

  static func read(namespace: String) -> Reading {
    var name = namespace
    for prefix in [standard, swiss] where name.hasPrefix(prefix) {
      name.removeFirst(prefix.count)
    }
    let parts = name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4, let kind = Kind(rawValue: parts[0] + "." + parts[1]) else {
      return .otherMessage(name)
    }
    let version = parts[2] + "." + parts[3]
    let isPlain = parts.count == 4 && namespace.hasPrefix(standard)
    let isSwiss =
      kind == .statusReport && namespace == swiss + "pain.002.001.03.ch.02.xsd"
    guard versions[kind]?.contains(version) == true, isPlain || isSwiss else {
      return .otherVersion(name)
    }
    let message = BankMessage(
      kind: kind, name: parts[0...3].joined(separator: "."), namespace: namespace)
    return .message(message)
  }

  /// The namespace that a file names first; the parser makes sure that its elements are of it.
  static func namespace(in head: [UInt8]) -> String? {
    // In UTF-16 and UTF-32 these letters have zeros beside them.
    let text = String(decoding: head.filter { $0 != 0 }, as: UTF8.self)
    var first: (at: String.Index, text: String)?
    for prefix in [standard, swiss] {
      guard let found = text.firstRange(of: prefix), found.lowerBound < first?.at ?? text.endIndex
      else { continue }
      let rest = text[found.lowerBound...].prefix { !" \"'<>\r\n\t".contains($0) }
      first = (found.lowerBound, String(rest))
    }
    return first?.text
  }
}
