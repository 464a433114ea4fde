import ByteStreams

/// Reads a workbook that was written, part by part, to see whether all of it is there.
enum WorkbookCheck {
  private static let sheetEnd = Array("</worksheet>".utf8)

  /// Whether every part can be expanded and ends as XML does, and the sheets have at least the bytes
  /// of their rows.
  ///
  /// - Parameter sheets: Of each one, in their order, the bytes of its rows.
  static func isWhole(_ path: String, sheets: [Int]) -> Bool {
    guard let archive = try? ZipArchive(path) else { return false }
    var names = Set(sheets.indices.map { "xl/worksheets/sheet\($0 + 1).xml" })
    for member in archive.members {
      var (count, tail): (Int, [UInt8]) = (0, [])
      let isRead: ()? = try? archive.expand(member) { piece in
        count += piece.count
        tail = Array((tail + piece.suffix(16)).suffix(16))
      }
      guard isRead != nil, tail.last(where: { $0 != 0x0A }) == UInt8(ascii: ">") else {
        return false
      }
      guard names.remove(member.name) != nil else { continue }
      let number = Int(member.name.dropFirst(19).dropLast(4)) ?? 0
      guard count >= sheets[number - 1], tail.ends(with: sheetEnd) else { return false }
    }
    return names.isEmpty
  }
}

extension [UInt8] {
  fileprivate func ends(with end: [UInt8]) -> Bool { Array(suffix(end.count)) == end }
}
