import Testing

/// The records of CSV that a program wrote, without the header; every one ends in CRLF.
func records(_ bytes: [UInt8]) -> [String] {
  let text = String(decoding: bytes, as: UTF8.self)
  let lines = text.components(separatedBy: "\r\n")
  #expect(lines.last == "")
  return Array(lines.dropFirst().dropLast())
}

/// The header of CSV that a program wrote.
func header(_ bytes: [UInt8]) -> String {
  String(decoding: bytes, as: UTF8.self).components(separatedBy: "\r\n")[0]
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
