/// An element of a bank's XML file, with what is in it.
struct BankElement {
  /// Empty where nobody here knows the name.
  var name: String
  var place: BankPlace
  var text = ""
  var attributes: [String: String] = [:]
  var children: [BankElement] = []

  init(_ name: String, _ place: BankPlace) {
    self.name = name
    self.place = place
  }

  /// The first element at a path, nil if there is none.
  func first(_ path: String...) -> BankElement? { first(path[...]) }

  private func first(_ path: ArraySlice<String>) -> BankElement? {
    guard let name = path.first else { return self }
    for child in children where child.name == name {
      if let found = child.first(path.dropFirst()) { return found }
    }
    return nil
  }

  func all(_ name: String) -> [BankElement] { children.filter { $0.name == name } }

  /// The text at a path without the blanks around it; empty if there is none.
  func value(_ path: String...) -> String {
    (first(path[...])?.text ?? "").trimmed
  }

  /// The first text that is not empty of several paths.
  func value(of paths: [[String]]) -> String {
    for path in paths {
      if let text = first(path[...])?.text.trimmed, !text.isEmpty { return text }
    }
    return ""
  }
}

extension String {
  /// Without blanks and line ends around it, with which banks pad what they give back.
  var trimmed: String {
    let bytes = Array(utf8)
    func isBlank(_ byte: UInt8) -> Bool { byte <= 0x20 }
    guard let first = bytes.firstIndex(where: { !isBlank($0) }),
      let last = bytes.lastIndex(where: { !isBlank($0) })
    else { return "" }
    return String(decoding: bytes[first...last], as: UTF8.self)
  }

  /// An account number as it is compared: without blanks, in capitals.
  var asAccount: String { String(filter { $0 != " " }).uppercased() }
}
