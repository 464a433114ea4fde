import ByteStreams
import Domain
import Feeds
import Reports

/// Finds out in which character of its line a finding's place is, by reading the line again.
///
/// Findings count columns in bytes, and formats for editors in characters. Only what is listed is
/// looked up, after all work is done, so that no row pays for it.
enum CharacterColumnReader {
  /// A longer stretch of a line is not read; the place is then shown by its line alone.
  private static let lineBytesMax = 1 << 24

  /// Places of one line.
  private struct Line {
    /// Offset of its first byte.
    var start: Int
    var places: [(line: Int, column: Int)] = []
  }

  /// Looks up the places of all findings; those that cannot be read again have no column.
  static func read(_ report: FindingReport) -> CharacterColumns {
    var columns = CharacterColumns()
    for (number, source) in report.sources.enumerated() {
      let findings = source.findings.listed.filter { $0.column ?? 1 > 1 }
      guard !findings.isEmpty else { continue }
      let lines = lines(findings, source.path)
      try? read(lines, of: source) { line, column, character in
        columns.set(
          character, at: CharacterColumns.Place(source: number, line: line, column: column))
      }
    }
    return columns
  }

  /// The lines that have places, from the first to the last one.
  private static func lines(_ findings: [Finding], _ path: String) -> [Line] {
    var lines: [Int: Line] = [:]
    let starts = findings.contains { $0.byteOffset == nil } ? lineStarts(path) : []
    for finding in findings {
      guard let line = finding.line, let column = finding.column else { continue }
      let start: Int
      if let offset = finding.byteOffset {
        start = offset - (column - 1)
      } else if starts.indices.contains(line - 1) {
        start = starts[line - 1]
      } else {
        continue
      }
      guard start >= 0 else { continue }
      lines[start, default: Line(start: start)].places.append((line, column))
    }
    return lines.values.sorted { $0.start < $1.start }
  }

  /// Where each line of a file of the workspace begins; its findings have no offsets.
  private static func lineStarts(_ path: String) -> [Int] {
    guard let bytes = try? FileSystem.readFile(path) else { return [] }
    var starts = [bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0]
    for (offset, byte) in bytes.enumerated() where byte == 0x0A { starts.append(offset + 1) }
    return starts
  }

  /// - Parameter lines: From the first to the last one.
  /// - Throws: ``FeedRefusal`` where the file can no longer be read.
  private static func read(
    _ lines: [Line], of source: FindingReport.Source, found: (Int, Int, Int) -> Void
  ) throws(FeedRefusal) {
    var reader = try FeedByteReader(
      FeedFile(
        path: source.path, name: source.name, deliveredAs: source.deliveredAs, limits: Limits()))
    var position = 0
    for line in lines {
      let wanted = (line.places.map(\.column).max() ?? 1) - 1
      guard wanted <= lineBytesMax, line.start >= position else { continue }
      try reader.skip(to: line.start)
      var bytes = [UInt8](repeating: 0, count: wanted)
      var filled = 0
      while filled < wanted {
        let read = try reader.read(into: &bytes, at: filled, count: wanted - filled)
        if read == 0 { return }
        filled += read
      }
      position = line.start + wanted
      for (number, column) in line.places {
        guard let character = character(after: bytes[..<(column - 1)]) else { continue }
        found(number, column, character)
      }
    }
  }

  /// The column, in code points, of what follows some bytes of a line; nil if they are not UTF-8.
  private static func character(after bytes: ArraySlice<UInt8>) -> Int? {
    // A NUL is that of another encoding.
    guard !bytes.contains(0), let text = String(validating: bytes, as: UTF8.self) else {
      return nil
    }
    return text.unicodeScalars.count + 1
  }
}
