/// Adds to a finished PDF what Cairo has no words for: its language, and that readers show its title
/// and not its file name.
///
/// PDF lets one put new versions of single objects behind the end of a file; that is done with the
/// catalog, the object where reading begins.
enum PDFCatalog {
  /// - Parameter language: BCP 47, ASCII.
  /// - Returns: The PDF as it is where its end is not what Cairo 1.16 writes.
  static func with(language: String, _ pdf: [UInt8]) -> [UInt8] {
    // Cairo's trailer is less than this.
    let tail = String(decoding: pdf.suffix(1024), as: UTF8.self)
    guard language.utf8.allSatisfy(isTagByte),
      let trailer = tail.ranges(of: "trailer").last.map({ tail[$0.upperBound...] }),
      let root = number(after: "/Root ", in: trailer),
      let size = number(after: "/Size ", in: trailer),
      let info = number(after: "/Info ", in: trailer),
      let table = number(after: "startxref\n", in: trailer),
      let catalog = catalog(root, in: pdf, before: table)
    else { return pdf }
    var bytes = pdf
    let place = bytes.count
    bytes += Array("\(root) 0 obj\n<< /Lang (\(language))\n".utf8)
    bytes += Array("   /ViewerPreferences << /DisplayDocTitle true >>\n".utf8)
    bytes += catalog
    let newTable = bytes.count
    let padded = String(repeating: "0", count: 10 - String(place).count) + String(place)
    bytes += Array(
      """
      xref
      \(root) 1
      \(padded) 00000 n\u{20}
      trailer
      << /Size \(size)
         /Root \(root) 0 R
         /Info \(info) 0 R
         /Prev \(table)
      >>
      startxref
      \(newTable)
      %%EOF

      """.utf8)
    return bytes
  }

  private static func isTagByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
    default: false
    }
  }

  private static func number(after key: String, in text: Substring) -> Int? {
    guard let place = text.firstRange(of: key) else { return nil }
    return Int(text[place.upperBound...].prefix { $0.isNumber })
  }

  /// What stands in the catalog behind its `<<`, with its end; it is the last object before the table.
  private static func catalog(_ root: Int, in pdf: [UInt8], before table: Int) -> ArraySlice<UInt8>?
  {
    guard table <= pdf.count else { return nil }
    let head = Array("\n\(root) 0 obj\n<< ".utf8)
    let region = pdf[max(0, table - 512)..<table]
    guard let place = region.firstRange(of: head), region.suffix(7).elementsEqual("endobj\n".utf8)
    else { return nil }
    return region[place.upperBound...]
  }
}
